"""Speed, each figure as a ratio of two things measured side by side in one run."""

# First of all, as in the application: it decides how NumPy is loaded.
import model as model

"""Gradient descent on a linear network: pure NumPy, no Qt, no window."""

"""Gradient descent on a linear network: pure NumPy, no Qt, no window."""

import os

# The products of a block are small: a second thread of the linear algebra mostly waits for the
# first, and takes the processor from the window (measured on 784 inputs: a fifth slower). Read
# once, when NumPy is first imported; whoever sets the variable decides otherwise.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

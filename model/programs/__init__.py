"""The experiment as a program for PyTorch: on to more data, other devices and many processes."""

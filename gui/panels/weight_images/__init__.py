"""The weights as images, one for each output."""

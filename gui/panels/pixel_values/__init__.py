"""The image as the numbers that it is."""

"""The error over two weights as contours, with the path on them."""

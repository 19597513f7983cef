"""Which two weights the contour is over, and how."""

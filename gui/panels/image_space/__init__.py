"""The space of images: every image a point, every pixel an axis."""

"""What of the space of images is looked at, and how."""

"""What is found out about a sample of the space of images: no widgets."""

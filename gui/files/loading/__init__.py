"""What is opened, read in the background."""

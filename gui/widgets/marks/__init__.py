"""What is laid over panels: covers over what is hidden, outlines around what is lit."""

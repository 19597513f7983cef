"""Alpha as a number and as a bar with its zones."""

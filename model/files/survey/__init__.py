"""Which set some digits are, told by their bytes, and what is odd about their images."""

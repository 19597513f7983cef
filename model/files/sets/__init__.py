"""Sets of pictures that a person brings: found, read, put the right way up, and named."""

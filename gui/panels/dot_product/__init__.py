"""The dot product of one output, taken apart."""

"""Rows of many numbers or cells, which take the room of an array and read like a tuple."""

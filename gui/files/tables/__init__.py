"""Asks what is to be made of a table of numbers."""

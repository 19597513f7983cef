"""The error curve of each weight, and the plots by step."""

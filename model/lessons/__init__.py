"""Lessons: read, filled with numbers, and checked. Pure: whoever shows them is elsewhere."""

"""What is taken away from the bench: pictures, programs, tables, and a moment as text."""

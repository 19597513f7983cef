"""The file on the bench: whether another program changed it, and what to do about that."""

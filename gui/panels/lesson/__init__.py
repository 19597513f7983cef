"""The lesson beside the bench: its pages, and the list of all lessons."""

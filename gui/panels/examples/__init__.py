"""The examples, and which of them is on the bench."""

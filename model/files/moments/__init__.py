"""An experiment with its session as a line of text that a messenger carries."""

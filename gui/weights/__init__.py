"""What is done to all weights at once: the commands, their menu, and what they ask."""

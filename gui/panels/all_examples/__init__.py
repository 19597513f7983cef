"""Every example beside each other: its numbers to be edited, and what the network makes of it."""

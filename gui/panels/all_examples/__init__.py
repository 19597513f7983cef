"""Every example beside each other, with what the network makes of it at this step."""

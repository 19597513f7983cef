"""The tables of panels and commands, and the frame around them."""

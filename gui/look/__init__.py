"""Colours, type, icons and painting helpers; knows nothing of the rest."""

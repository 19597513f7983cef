"""The plane of a plot, its ticks and its lines."""

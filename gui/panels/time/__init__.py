"""Moving through time: the buttons and the time line."""

"""The window: panels that draw a session and ask it for changes."""

"""The network as cards and edges."""

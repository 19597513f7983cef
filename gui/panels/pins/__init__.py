"""The runs that are pinned: what differs between them, and how they ended."""

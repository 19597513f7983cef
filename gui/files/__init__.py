"""Documents, settings and what leaves the window: everything of the window that touches a disk."""

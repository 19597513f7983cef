"""What the frame of the window does: menus, sizes, what is dropped on it, the right button."""

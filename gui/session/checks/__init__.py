"""Values that a file or a lesson asks for, checked one by one."""

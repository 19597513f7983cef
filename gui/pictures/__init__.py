"""Pictures that people bring, read from files that may hold anything."""

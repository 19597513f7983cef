"""Pictures in files: those that people bring, which may hold anything, and those written here."""

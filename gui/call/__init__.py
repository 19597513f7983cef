"""What the command line is asked, and what it prints. Nothing of Qt is imported here."""

"""Asks about pictures that a person brings: how they are read, and where they are."""

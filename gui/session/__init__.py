"""What is on the bench and what is looked at: the one door for every panel."""

from gui.session.session import Session

__all__ = ["Session"]

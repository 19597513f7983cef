"""Lessons before a class: led from page to page, votes, and what is handed in."""

from gui.session.teaching.conductor import Conductor
from gui.session.teaching.votes import Votes

__all__ = ["Conductor", "Votes"]

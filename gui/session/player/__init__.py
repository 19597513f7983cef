"""Plays scripts of actions through a session."""

from gui.session.player.player import Player, Told

__all__ = ["Player", "Told"]

"""Plays scripts of actions through a session."""

from gui.session.player.player import Opening, Player, Told

__all__ = ["Opening", "Player", "Told"]

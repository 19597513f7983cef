"""Runs that are pinned on the bench, to be compared with the one that is there."""

from gui.session.pins.pins import Pins

__all__ = ["Pins"]

"""The one vocabulary of actions: what is done on the bench, in lines that a person can type."""

from model.actions.script import MAX_LINES, Action, ActionError, parse, text
from model.actions.verbs import VERBS

__all__ = ["MAX_LINES", "VERBS", "Action", "ActionError", "parse", "text"]

"""Imports Qt, without what PySide then does at each import.

To see whether a module asks for snake_case names (``from __feature__ import ...``) PySide reads the
source of every module that is imported after it. Nothing here asks for them, and to read four
hundred sources is a tenth of the time until the window is there.
"""

import builtins
from importlib import import_module

_import = builtins.__import__
import_module("PySide6.QtCore")
builtins.__import__ = _import

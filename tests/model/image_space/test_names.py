"""What the room gives by its name is what its modules have, whichever was imported first."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import PROJECT

_ASK_FOR_ALL = """
import pkgutil
from importlib import import_module
import model.image_space as room
for module in pkgutil.iter_modules(room.__path__):
    import_module(f"model.image_space.{module.name}")
taken = {module.name for module in pkgutil.iter_modules(room.__path__)} & set(room.__all__)
assert not taken, f"modules hide what is given: {taken}"
from model.image_space import *
"""


def test_no_module_hides_what_is_given_under_its_name() -> None:
    subprocess.run([sys.executable, "-c", _ASK_FOR_ALL], cwd=PROJECT, check=True)

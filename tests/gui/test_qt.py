"""Qt is imported so that nothing more is done at each import that follows."""

import subprocess
import sys

_IMPORTS = """
import builtins
plain = builtins.__import__
import gui.__main__
gui.__main__._qt_module("gui.app")
assert builtins.__import__ is plain
"""


def test_the_application_imports_as_python_does() -> None:
    subprocess.run([sys.executable, "-c", _IMPORTS], check=True)

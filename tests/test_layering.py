"""`model` is pure NumPy: neither it nor its tests know Qt, or anything of the window."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

# Imports every module of a package in a fresh interpreter where the window's side cannot be
# imported, and prints what it imported.
IMPORT_ALL = """
import importlib, json, pkgutil, sys

class NoWindow:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph", "gui"}:
            raise ImportError(f"{name} belongs to the window")

sys.meta_path.insert(0, NoWindow())
package = importlib.import_module(sys.argv[1])
names = [package.__name__]
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
    names.append(module.name)
print(json.dumps({"imported": names, "loaded": sorted(sys.modules)}))
"""


def import_without_window(package: str) -> dict[str, list[str]]:
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, package],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return {key: list(names) for key, names in json.loads(run.stdout).items()}


def modules_of(package: str) -> set[str]:
    """Name the modules that lie in the package's folder."""
    files = (PROJECT / Path(*package.split("."))).rglob("*.py")
    parts = (path.relative_to(PROJECT).with_suffix("").parts for path in files)
    return {".".join(part for part in module if part != "__init__") for module in parts}


@pytest.mark.parametrize("package", ["model", "tests.model"])
def test_every_module_imports_where_there_is_no_window(package: str) -> None:
    assert set(import_without_window(package)["imported"]) == modules_of(package)


def test_the_model_loads_no_heavy_library_before_it_is_used() -> None:
    heavy = {"pooch", "requests", "scipy", "sklearn"}

    assert heavy.isdisjoint(import_without_window("model")["loaded"])


def test_the_window_cannot_be_imported_where_it_is_blocked() -> None:
    with pytest.raises(AssertionError, match="belongs to the window"):
        import_without_window("tests.gui")

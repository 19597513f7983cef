"""Which room may use which, and that `model` knows neither Qt nor anything of the window."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from itertools import chain
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


@cache
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


# Which rooms a room may import from, besides itself; every room of gui may use model, too. An
# import for types alone counts like any other. "panels" stands for each folder in it, none of
# which may use another.
MAY_USE: dict[str, set[str]] = {
    "model": {"model.packed"},
    "model.packed": set(),
    "model.path": {"model"},
    "model.ink": {"model"},
    "model.image_space": {"model", "model.path", "model.image_space.layouts"},
    "model.image_space.layouts": {"model", "model.image_space"},
    "model.words": {"model", "model.path", "model.ink"},
    "model.actions": {"model", "model.words"},
    "model.listing": {"model", "model.path", "model.words"},
    "model.programs": {"model", "model.listing", "model.path"},
    "model.starting": {"model", "model.building", "model.words"},
    "model.study": {"model", "model.path", "model.words", "model.starting"},
    "model.building": {"model"},
    "model.files": {
        "model", "model.path", "model.words", "model.listing", "model.files.survey",
        "model.files.kept", "model.files.weights", "model.files.moments", "model.programs",
        "model.files.pins", "model.pins",
        "model.files.sets",
    },
    "model.files.pins": {"model", "model.path", "model.files", "model.pins"},
    "model.pins": {"model", "model.path", "model.words", "model.building"},
    "model.files.moments": {"model"},
    "model.files.npz": {"model.files"},
    "model.files.weights": {
        "model", "model.path", "model.files", "model.files.npz", "model.files.tables",
    },
    "model.files.sets": {"model", "model.files", "model.files.npz", "model.files.survey"},
    "model.files.tables": {"model", "model.words", "model.files"},
    "model.files.kept": {"model", "model.files"},
    "model.files.survey": {"model"},
    "model.language": {"model", "model.files"},
    "model.lessons": {
        "model", "model.path", "model.words", "model.actions", "model.files", "model.listing",
    },
    "model.classroom": {"model", "model.words", "model.files", "model.lessons"},
    "model.lessons.check": {
        "model", "model.path", "model.words", "model.actions", "model.files", "model.lessons",
        "model.listing",
    },
    "gui.look": set(),
    "gui.widgets": {"gui.look"},
    "gui.widgets.marks": {"gui.look", "gui.widgets"},
    "gui.pictures": set(),
    "gui.session": {
        "gui.session.checks", "gui.session.space", "gui.session.contour", "gui.session.pins",
    },
    "gui.session.pins": {"gui.session"},
    "gui.session.checks": {"gui.session"},
    "gui.session.space": {"gui.session.checks"},
    "gui.session.contour": {"gui.session.checks"},
    "gui.session.building": {"gui.session"},
    "gui.session.player": {"gui.session", "gui.session.space"},
    "gui.session.lesson": {"gui.session", "gui.session.player"},
    "gui.session.teaching": {"gui.session", "gui.session.lesson"},
    "gui.plots": {"gui.look", "gui.widgets", "gui.widgets.marks"},
    "gui.plots.cloud": {"gui.look", "gui.widgets", "gui.widgets.marks", "gui.plots"},
    "gui.panels": {
        "gui.pictures", "gui.look", "gui.widgets", "gui.widgets.marks", "gui.session",
        "gui.session.lesson", "gui.session.checks",
        "gui.session.space", "gui.session.building", "gui.session.contour", "gui.plots",
        "gui.plots.cloud", "gui.panels.following",
    },
    # A large panel has what it finds out, without any widget, in a room of its own.
    "gui.panels.image_space": {
        "gui.look", "gui.widgets", "gui.widgets.marks", "gui.session", "gui.session.space",
        "gui.plots", "gui.plots.cloud", "gui.panels.following", "gui.panels.image_space.found",
    },
    "gui.panels.image_space.found": {
        "gui.pictures", "gui.look", "gui.widgets", "gui.session", "gui.session.space",
        "gui.plots.cloud",
    },
    "gui.files": {
        "gui.look", "gui.widgets", "gui.session", "gui.pictures", "gui.files.tables",
        "gui.files.sets", "gui.files.saved", "gui.files.loading",
    },
    "gui.files.loading": {"gui.widgets"},
    "gui.files.sets": {"gui.look", "gui.widgets"},
    "gui.files.saved": {"gui.widgets", "gui.session"},
    "gui.files.tables": {"gui.look", "gui.widgets"},
    "gui.exports": {"gui.look", "gui.session", "gui.widgets", "gui.files", "gui.pictures"},
    "gui.presenter": {
        "gui.look", "gui.widgets", "gui.session", "gui.session.lesson", "gui.session.teaching",
        "gui.files", "gui.panels.lesson",
    },
    "gui.making": {"gui.look", "gui.widgets", "gui.session", "gui.panels.network"},
    "gui.weights": {"gui.look", "gui.widgets", "gui.session", "gui.files", "gui.making"},
    "gui.window": {
        "gui.look", "gui.widgets", "gui.widgets.marks", "gui.session", "gui.session.lesson",
        "gui.session.teaching", "gui.presenter", "gui.plots", "gui.panels", "gui.files",
        "gui.files.sets", "gui.weights", "gui.making", "gui.exports", "gui.window.frame",
    },
    "gui.window.frame": {
        "gui.look", "gui.widgets", "gui.session", "gui.files", "gui.pictures", "gui.weights",
        "gui.exports", "gui.window",
    },
    "gui.call": {"gui.files"},
    "gui": {
        "gui.call", "gui.look", "gui.files", "gui.pictures", "gui.panels", "gui.window",
        "gui.exports",
    },
}  # fmt: skip
ROOMS_OF_MODEL = {room for room in MAY_USE if room.startswith("model")}
MAX_FILES = 14
MAX_LINES = 420
# Without QtWidgets there is no way to tell a widget what is on the bench behind its back.
WITHOUT = {
    room: {"PySide6.QtWidgets", "pyqtgraph"}
    for room in (
        "gui.session",
        "gui.session.player",
        "gui.session.lesson",
        "gui.session.teaching",
        "gui.session.space",
        "gui.session.pins",
        "gui.session.contour",
        "gui.session.checks",
        "gui.session.building",
    )
}


@cache
def imports(file: Path) -> tuple[str, ...]:
    """Every module that a file imports, anywhere in it and for whatever purpose."""
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is imported may itself be a module, but not twice the same.
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            inside = {name for name in names if name in MODULES}
            yield from inside
            if len(inside) < len(names):
                yield node.module


def files_of(*packages: str) -> dict[str, Path]:
    """Find the modules of the packages, by their dotted names."""
    found = {}
    for path in chain.from_iterable((PROJECT / package).rglob("*.py") for package in packages):
        parts = path.relative_to(PROJECT).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = files_of("gui", "model")


def room_of(module: str) -> str:
    """Name the room a module lies in; a panel's folder is a room of its own."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    return module if module == "gui.panels.following" else package


def kind_of(room: str) -> str:
    """Name the row of the table that a room belongs to."""
    if room in MAY_USE:
        return room
    return "gui.panels" if room.startswith("gui.panels.") else room


def may_use(room: str, other: str) -> bool:
    """Whether the table lets one room import from another."""
    if other in MAY_USE[kind_of(room)]:
        return True
    if room.startswith("gui") and other in ROOMS_OF_MODEL:
        return True
    return room in ("gui", "gui.window") and kind_of(other).startswith("gui.panels")


def test_no_room_uses_another_that_the_table_does_not_name() -> None:
    crossings = {
        (module, other)
        for module, file in MODULES.items()
        for other in imports(file)
        if other in MODULES
        and room_of(module) != room_of(other)
        and not may_use(room_of(module), room_of(other))
    }

    assert not crossings


def test_no_import_goes_in_a_circle() -> None:
    # A face imports from the files of its room, which must not import from their face.
    graph = {
        module: {other for other in imports(file) if other in MODULES and other != module}
        for module, file in MODULES.items()
    }

    TopologicalSorter(graph).prepare()


def test_every_room_has_a_row_and_few_files() -> None:
    rooms = {room_of(module) for module in MODULES}
    sizes = {
        room: sum(room_of(module) == room for module in MODULES if not is_face(module))
        for room in rooms
    }

    assert {kind_of(room) for room in rooms} == set(MAY_USE)
    assert {room: size for room, size in sizes.items() if size > MAX_FILES} == {}


def is_face(module: str) -> bool:
    return MODULES[module].name == "__init__.py"


def test_every_file_can_be_read_in_one_sitting() -> None:
    lengths = {
        module: len(file.read_text(encoding="utf-8").splitlines())
        for module, file in MODULES.items()
    }

    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_the_session_knows_no_widgets() -> None:
    for room, forbidden in WITHOUT.items():
        found = {
            (module, other)
            for module, file in MODULES.items()
            if room_of(module) == room
            for other in imports(file)
            if other in forbidden
        }
        assert not found

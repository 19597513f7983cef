"""The repository keeps to its own rules."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

# A file longer than this is not read in one sitting. The aim is 400; this is where it ends.
MAX_LINES = 450

# A path that exists on one machine only. What precedes it must not make it part of a longer path
# or an address.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:home|mnt|root|tmp|Users|work)/\w")

BINARY = {".mo", ".gif", ".gz", ".ico", ".jpg", ".npz", ".otf", ".png", ".ttf"}


def project_files() -> Iterator[Path]:
    """Yield the project's files: what lies in its folders, without caches and builds."""
    for folder in PROJECT.iterdir():
        # In a linked work tree .git is a file, which names the place of the repository.
        if folder.is_file() and folder.name != ".git":
            yield folder
        elif folder.name in {".ci", ".github", "docs", "gui", "model", "resources", "tests"}:
            for path in folder.rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path


@pytest.mark.parametrize("package", ["gui", "model"])
def test_every_module_can_be_read_in_one_sitting(package: str) -> None:
    lengths = {
        str(path.relative_to(PROJECT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (PROJECT / package).rglob("*.py")
    }

    assert lengths
    assert {path: lines for path, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for path in project_files()
        if path.suffix not in BINARY
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]

    assert found == []


SLASH = "/"  # apart from what follows it, so that this file does not name such a path itself


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{SLASH}home/ada/notes", True),
        (f"open('{SLASH}tmp/x.png')", True),
        ("#!/usr/bin/env bash", False),
        ("https://example.org/home/ada", False),
        ("shared/work/notes", False),
    ],
)
def test_a_path_of_one_machine_is_recognised(text: str, found: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is found


def test_the_change_log_starts_with_the_version() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")

    newest = re.search(r"^## \[?(\d[\w.]*)", changes, re.MULTILINE)

    assert newest is not None
    assert newest[1] == project["version"]

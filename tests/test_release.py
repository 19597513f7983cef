"""What is handed out: one list of versions, of libraries and of licences, wherever it stands."""

import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT

ID = "io.github.weightbench.Weightbench"
VERSIONS = ["3.11", "3.12", "3.13", "3.14"]


def text(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return dict(tomllib.loads(text("pyproject.toml"))["project"])


def test_the_same_pythons_are_named_everywhere() -> None:
    classifiers = [line.rpartition(" ")[2] for line in project()["classifiers"]]
    workflow = re.findall(r"python: \[(.*)\]", text(".github/workflows/checks.yml"))

    assert [version for version in classifiers if "." in version] == VERSIONS
    assert project()["requires-python"] == ">=3.11,<3.15"
    assert 'versions="3.11 3.12 3.13 3.14"' in text(".ci/python.sh")
    assert "3.11, 3.12, 3.13 or 3.14" in text(".ci/python.sh")
    assert "Python 3.11, 3.12, 3.13 or 3.14 is needed" in text("README.md")
    assert "asked:-3.11 3.12 3.13 3.14" in text(".ci/test-all")
    assert workflow == [", ".join(f'"{version}"' for version in VERSIONS)] * 2


def test_the_end_of_the_pythons_follows_that_of_pyside() -> None:
    from importlib.metadata import metadata

    theirs = str(metadata("PySide6-Essentials")["Requires-Python"])
    assert "<3.15" in theirs


def test_the_readme_names_the_libraries_that_the_set_up_looks_for() -> None:
    script = text(".ci/system-packages")
    for name, intro in (
        ("always", "Qt needs some"),
        ("on_x11", "on X11"),
        ("on_wayland", "on Wayland"),
    ):
        found = re.search(rf'^{name}="(.*?)"', script, re.MULTILINE | re.DOTALL)
        assert found is not None
        packages = sorted({line.split()[1] for line in found[1].split("\n") if line})
        line = re.search(
            rf"{intro}.*?--no-install-recommends (.*?)\n", text("README.md"), re.DOTALL
        )
        assert line is not None
        assert sorted(line[1].split()) == packages


def test_nothing_heavy_is_needed_at_run_time() -> None:
    names = {re.split(r"[^\w-]", need)[0].lower() for need in project()["dependencies"]}
    assert names == {
        "numpy", "platformdirs", "pooch", "pyqtgraph", "pyside6-essentials", "requests", "urllib3",
    }  # fmt: skip


def test_the_hosted_checks_run_make_or_what_the_readme_says() -> None:
    commands = re.findall(r"run: (.*)", text(".github/workflows/checks.yml"))
    assert commands
    readme = text("README.md").replace("py -m venv", "python -m venv")
    makefile = text("Makefile")
    for command in commands:
        target = re.fullmatch(r"make ([\w-]+)", command)
        if target is not None:
            assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE), command
        elif "system-packages" not in command:
            assert f"    {command}\n" in readme


def test_what_desktops_read_is_of_this_version_and_one_name() -> None:
    metadata = ET.parse(PROJECT / "packaging" / f"{ID}.metainfo.xml").getroot()
    releases = [release.get("version") for release in metadata.iter("release")]

    assert metadata.findtext("id") == ID
    assert metadata.findtext("project_license") == project()["license"]
    assert releases[0] == project()["version"]
    assert f'setDesktopFileName("{ID}")' in text("gui/app.py")
    assert (PROJECT / "packaging" / f"{ID}.desktop").is_file()


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", f"packaging/{ID}.desktop"],
        ["appstreamcli", "validate", "--no-net", f"packaging/{ID}.metainfo.xml"],
    ],
)
def test_what_desktops_read_is_valid(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_every_licence_that_is_named_is_there() -> None:
    for name in project()["license-files"]:
        assert (PROJECT / name).is_file()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text("packaging/licences/LGPL-3.0.txt")
    assert "CC BY 4.0" in text("resources/digits8/README.md")
    assert Path(PROJECT, "resources/icons/weightbench.svg").is_file()

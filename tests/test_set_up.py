"""The scripts that set everything up, with a pip and a Python that only pretend."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no make on Windows")

# Stands for the Python of the virtual environment: notes each call of pip, which can be made to
# fail, says whether a package is damaged, and hands on all else.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
"-m pip install"*)
    echo "$*" >>pip-calls
    [ ! -e no-network ]
    ;;
"-I .ci/environment.py check") [ ! -e damaged ] ;;
*) exec {python} "$@" ;;
esac
"""
# Stands for the Python that makes it.
FAKE_BASE = """#!/bin/sh
case "$*" in
"-m venv --clear "*)
    for folder; do :; done
    mkdir -p "$folder/bin"
    cp fake-python "$folder/bin/python"
    echo made >>venv-calls
    ;;
*) exec {python} "$@" ;;
esac
"""


class Checkout:
    """A copy of the scripts in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(PROJECT / ".ci", folder / ".ci")
        shutil.copy(PROJECT / "pyproject.toml", folder)
        for name, text in (("fake-python", FAKE_PYTHON), ("base", FAKE_BASE)):
            (folder / name).write_text(text.format(python=f'"{sys.executable}"'))
            (folder / name).chmod(0o755)
        # What the system itself has is no matter of these tests.
        (folder / ".ci" / "system-packages").write_text("#!/bin/sh\n")

    def set_up(self, kind: str = "app") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [".ci/set-up", ".venv", kind], cwd=self.folder, capture_output=True, text=True,
            env=os.environ | {"PYTHON": str(self.folder / "base")}, check=False,
        )  # fmt: skip

    def count(self, name: str) -> int:
        file = self.folder / name
        return len(file.read_text().splitlines()) if file.exists() else 0

    def go_offline(self) -> None:
        (self.folder / "no-network").touch()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder = tmp_path / "Öl und Wärme"
    folder.mkdir()
    return Checkout(folder)


def test_the_first_set_up_says_how_much_it_downloads_and_the_second_is_silent(
    checkout: Checkout,
) -> None:
    first = checkout.set_up()
    assert first.returncode == 0, first.stderr
    assert "about 100 MB" in first.stdout
    second = checkout.set_up()
    assert (second.returncode, second.stdout) == (0, "")
    assert checkout.count("pip-calls") == 1


def test_a_touched_project_file_asks_nothing(checkout: Checkout) -> None:
    checkout.set_up()
    file = checkout.folder / "pyproject.toml"
    file.write_text(file.read_text() + "\n[tool.other]\nx = 1\n")
    checkout.go_offline()
    assert checkout.set_up().stderr == ""
    assert checkout.count("pip-calls") == 1


def test_without_a_network_new_needs_wait_and_the_app_starts(checkout: Checkout) -> None:
    checkout.set_up()
    file = checkout.folder / "pyproject.toml"
    file.write_text(file.read_text().replace('"numpy>=2"', '"numpy>=2.1"'))
    checkout.go_offline()
    done = checkout.set_up()
    assert done.returncode == 0
    assert "going on with what was installed" in done.stderr
    (checkout.folder / "no-network").unlink()
    assert checkout.set_up().returncode == 0
    assert checkout.count("pip-calls") == 3
    assert checkout.set_up().stdout == ""


def test_a_first_set_up_without_a_network_fails_and_heals(checkout: Checkout) -> None:
    checkout.go_offline()
    done = checkout.set_up()
    assert done.returncode == 1
    assert "once it is back" in done.stderr
    (checkout.folder / "no-network").unlink()
    assert checkout.set_up().returncode == 0
    assert checkout.set_up().stdout == ""


@pytest.mark.parametrize("left", ["nothing", "folder", "python", "unfinished"])
def test_what_was_killed_is_made_anew(checkout: Checkout, left: str) -> None:
    folder = checkout.folder / ".venv"
    if left != "nothing":
        (folder / "bin").mkdir(parents=True)
    if left in {"python", "unfinished"}:
        shutil.copy(checkout.folder / "fake-python", folder / "bin" / "python")
    if left == "unfinished":
        (folder / ".unfinished").touch()
    assert checkout.set_up().returncode == 0
    assert checkout.count("venv-calls") == 1
    assert checkout.set_up().stdout == ""


def test_a_killed_addition_is_finished_and_not_begun_anew(checkout: Checkout) -> None:
    checkout.set_up()
    (checkout.folder / ".venv" / ".unfinished").touch()
    assert checkout.set_up("dev").returncode == 0
    assert checkout.count("venv-calls") == 1
    assert not (checkout.folder / ".venv" / ".unfinished").exists()


def test_what_a_kill_left_half_installed_is_made_anew(checkout: Checkout) -> None:
    checkout.set_up()
    (checkout.folder / ".venv" / ".unfinished").touch()
    (checkout.folder / "damaged").touch()
    assert checkout.set_up().returncode == 0
    assert checkout.count("venv-calls") == 2


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.set_up()
    (checkout.folder / ".venv" / "bin" / "python").unlink()
    assert checkout.set_up().returncode == 0
    assert checkout.count("venv-calls") == 2


@pytest.mark.parametrize("version", ["3.10", "3.15", "2.7"])
def test_a_python_that_is_too_old_or_too_new_is_named(tmp_path: Path, version: str) -> None:
    python = tmp_path / "my python"
    python.write_text(f"#!/bin/sh\necho {version}\n")
    python.chmod(0o755)
    done = subprocess.run(
        [PROJECT / ".ci" / "system-packages", "app"], capture_output=True, text=True,
        env=os.environ | {"PYTHON": str(python)}, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert f"my python is Python {version}" in done.stderr
    assert "Weightbench needs Python 3.11, 3.12, 3.13 or 3.14" in done.stderr


def packages_asked_for(tmp_path: Path, kind: str, libraries: str, **display: str) -> list[str]:
    """What is asked for where the linker knows only these libraries."""
    tools = tmp_path / "tools"
    tools.mkdir()
    lines = "\n".join(f"\t{name} (libc6,x86-64) => x" for name in libraries.split())
    for name, text in (
        ("ldconfig", f"cat <<'END'\n{lines}\nEND"),
        ("uname", '[ "$1" = -s ] && echo Linux || echo x86_64'),
        ("id", "echo 1000"),
        ("apt-get", "exit 1"),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    # A Python that says of any display that it can be reached, as there is none here.
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\ncase "$2" in *display_reachable*) [ -n "$DISPLAY$WAYLAND_DISPLAY" ] ;; '
        f'*) exec "{sys.executable}" "$@" ;; esac\n'
    )
    python.chmod(0o755)
    done = subprocess.run(
        [PROJECT / ".ci" / "system-packages", kind, python], capture_output=True, text=True,
        env=kept | display | {"PATH": f"{tools}:{os.environ['PATH']}"}, check=False,
    )  # fmt: skip
    words = done.stderr.split()
    return [word for word in words if word.startswith("lib") or word == "binutils"]


ALL = (
    "libEGL.so.1 libGL.so.1 libX11.so.6 libdbus-1.so.3 libfontconfig.so.1 libfreetype.so.6 "
    "libglib-2.0.so.0 libgthread-2.0.so.0 libxkbcommon.so.0"
)
WAYLAND = "libwayland-client.so.0 libwayland-cursor.so.0 libwayland-egl.so.1"


def test_nothing_of_qt_is_asked_for_where_only_a_trace_is_printed(tmp_path: Path) -> None:
    assert packages_asked_for(tmp_path, "app", "") == []


def test_all_that_is_missing_is_asked_for_at_once(tmp_path: Path) -> None:
    asked = packages_asked_for(tmp_path, "app", "", DISPLAY=":0")
    assert {"libegl1", "libgl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(asked)
    assert "libwayland-client0" not in asked


def test_one_platform_that_works_is_enough(tmp_path: Path) -> None:
    displays = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert packages_asked_for(tmp_path, "app", f"{ALL} {WAYLAND}", **displays) == []


def test_where_no_platform_works_the_smaller_one_is_asked_for(tmp_path: Path) -> None:
    displays = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert packages_asked_for(tmp_path, "app", ALL, **displays) == [
        "libwayland-client0", "libwayland-cursor0", "libwayland-egl1",
    ]  # fmt: skip


def test_tests_need_what_drawing_off_screen_needs(tmp_path: Path) -> None:
    asked = packages_asked_for(tmp_path, "dev", "", DISPLAY=":0")
    assert "libegl1" in asked
    assert "libxcb-cursor0" not in asked


def test_a_damaged_package_is_named_with_what_to_do(tmp_path: Path) -> None:
    for name in ("lost", "spoilt"):
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "RECORD").write_text(
            f"{name}/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n"
        )
    spoilt = tmp_path / "spoilt" / "__init__.py"
    spoilt.parent.mkdir()
    spoilt.write_text("not empty")

    def check() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(PROJECT / ".ci" / "environment.py"), "check"],
            capture_output=True, text=True, check=False,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
        )  # fmt: skip

    done = check()
    assert done.returncode == 1
    assert "lost lacks lost/__init__.py" in done.stderr
    assert "spoilt has another spoilt/__init__.py" in done.stderr
    assert "Run `make clean`, then `make run`" in done.stderr
    (tmp_path / "lost").mkdir()
    for name in ("lost", "spoilt"):
        (tmp_path / name / "__init__.py").write_text("")
    done = check()
    assert "lost" not in done.stderr
    assert "spoilt" not in done.stderr

"""Tries the wheel and the source archive in dist/, each in an empty environment of its own.

They must hold what they should, be the same when built twice at the same SOURCE_DATE_EPOCH, list,
trace and draw as the checkout does, and bring nothing but what is named. Takes minutes.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import CASES, Failure, draw, run, same_picture

PROJECT = Path(__file__).resolve().parents[1]

# What is installed beside Weightbench, and pip itself; no more may come with it.
NEEDED = {
    "certifi", "charset-normalizer", "colorama", "idna", "numpy", "packaging", "platformdirs",
    "pooch", "pyqtgraph", "pyside6-essentials", "requests", "shiboken6", "urllib3", "weightbench",
}  # fmt: skip
IN_WHEEL = ("resources/digits8/digits8.npz", "resources/icons/weightbench.svg",
            "resources/experiments/11-digits-8x8.json", "resources/fonts/OFL.txt",
            "resources/lessons/07-freezing-one-weight.md",
            "gui/app.py", "model/network.py")  # fmt: skip
IN_SOURCES = (*IN_WHEEL, "Makefile", "CHANGELOG.md", "docs/experiment-file.md", "docs/bench.png",
              "tests/conftest.py", "tests/benchmarks/window.py", "packaging/weightbench.spec",
              ".ci/set-up", ".ci/environment.py", ".github/workflows/checks.yml")  # fmt: skip
MAX_OWN_MB = 5


def build(folder: Path) -> dict[str, Path]:
    """Build both into the folder; returns them as "wheel" and "sources"."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(PROJECT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"the build fails: {done.stdout}{done.stderr}")
    return {"wheel": next(folder.glob("*.whl")), "sources": next(folder.glob("*.tar.gz"))}


def check_contents(archives: dict[str, Path]) -> None:
    """Look whether the archives hold what they should, and how much."""
    wheel = zipfile.ZipFile(archives["wheel"])
    missing = [name for name in IN_WHEEL if name not in wheel.namelist()]
    if missing:
        raise Failure(f"the wheel lacks {', '.join(missing)}")
    size = sum(entry.file_size for entry in wheel.infolist()) / 1e6
    packed = archives["wheel"].stat().st_size / 1e6
    print(f"The wheel has {packed:.1f} MB, {size:.1f} MB unpacked.")
    if size > MAX_OWN_MB:
        raise Failure(f"the wheel is more than {MAX_OWN_MB} MB unpacked")
    with tarfile.open(archives["sources"]) as sources:
        names = {name.partition("/")[2] for name in sources.getnames()}
    missing = [name for name in IN_SOURCES if name not in names]
    if missing:
        raise Failure(f"the source archive lacks {', '.join(missing)}")


def check_reproducible(folder: Path, archives: dict[str, Path]) -> None:
    """Build again, and compare byte by byte."""
    for kind, again in build(folder).items():
        digests = {hashlib.sha256(file.read_bytes()).digest() for file in (archives[kind], again)}
        if len(digests) != 1:
            raise Failure(f"the {kind} differs when it is built again")


def try_installed(archive: Path, folder: Path) -> None:
    """Install it into an empty environment, and compare what it does with the checkout."""
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    python = next(scripts.glob("python*"))
    command = [str(python), "-m", "pip", "install", "--quiet", str(archive)]
    if subprocess.run(command, check=False).returncode != 0:
        raise Failure(f"{archive.name} cannot be installed")

    listed = run([str(python)], ["-m", "pip", "list", "--format", "freeze"], folder)
    names = {re.sub(r"[-_.]+", "-", line.partition("==")[0].lower()) for line in listed.split()}
    if names - NEEDED - {"pip", "setuptools", "wheel"}:
        raise Failure(f"{archive.name} brings {', '.join(sorted(names - NEEDED))}")

    program, checkout = [str(next(scripts.glob("weightbench*")))], [sys.executable, "-m", "gui"]
    for arguments in (["--version"], ["--list"], ["Several steps", "--trace", "3"]):
        ours, theirs = run(checkout, arguments, PROJECT), run(program, arguments, folder)
        if ours != theirs:
            raise Failure(f"{arguments}: {archive.name} prints\n{theirs}\nnot\n{ours}")
    for number, case in enumerate(CASES):
        pictures = [folder / f"{number}-checkout.png", folder / f"{number}-installed.png"]
        draw(checkout, case, PROJECT, pictures[0])
        draw(program, case, folder, pictures[1])
        if not same_picture(*pictures):
            raise Failure(f"{case}: {archive.name} draws another picture")


def main() -> int:
    """Try everything; return the exit status."""
    try:
        with TemporaryDirectory() as name:
            folders = [Path(name, part) for part in ("first", "second", "wheel", "sources")]
            for folder in folders:
                folder.mkdir()
            archives = build(folders[0])
            check_contents(archives)
            check_reproducible(folders[1], archives)
            for folder in folders[2:]:
                try_installed(archives[folder.name], folder)
    except Failure as failure:
        print(f"try_install: {failure}", file=sys.stderr)
        return 1
    print("Wheel and source archive work, and are the same when built again.")
    return 0


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.exit(main())

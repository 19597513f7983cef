"""Collects the licences of everything in the bundle, with a list of what is under which."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

HERE = Path(__file__).parent
# Beside what Weightbench needs at run time: its own start, which PyInstaller writes.
ALSO = ("pyinstaller",)
OURS = ("LICENSE", "resources/fonts/OFL.txt", "resources/digits8/README.md")
# Qt's wheels carry no text of their licence.
OF_QT = {"PySide6_Essentials", "shiboken6"}

HEADING = """\
What this folder is made of, and under which licences
======================================================

Weightbench is under the MIT licence, its typeface Inter under the SIL Open Font License 1.1, and
its digits of 8 x 8 pixels under CC BY 4.0. Beside them this folder holds the works below; the
folders beside this file have their licences in full.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They lie in this
folder as shared libraries of their own, unchanged, and may be replaced by others: put yours in
the place of the files named libQt6*, Qt6* and PySide6. Their source is at https://code.qt.io and
https://download.qt.io/official_releases, and for three years from the day you got this folder
the makers of Weightbench will send it for the price of sending, to anyone who asks.

"""

Entry = tuple[str, str, str]


def collect(binaries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Write the licences below a folder; returns them as PyInstaller's entries of data.

    Parameters
    ----------
    binaries : (name in the bundle, path, kind) of each library
    folder : Path
        Where to write; a folder "licences" in it is made anew.

    Raises
    ------
    SystemExit
        If a licence cannot be found: then the bundle must not be given to anyone.
    """
    out = folder / "licences"
    shutil.rmtree(out, ignore_errors=True)
    lines = [_of_python(out)]
    lines += [_of_package(package, out) for package in _needed("weightbench", *ALSO)]
    for text in OURS:
        (out / "Weightbench").mkdir(exist_ok=True)
        shutil.copy(HERE.parent / text, out / "Weightbench" / text.replace("/", "-"))
    lines += _of_system(sorted({path for _, path, _ in binaries}), out)
    (out / "README.txt").write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    return [
        (str(Path("licences", file.relative_to(out))), str(file), "DATA")
        for file in sorted(out.rglob("*"))
        if file.is_file()
    ]


def _needed(*names: str) -> list[Distribution]:
    """The packages of these names and all that they need, by name."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        package = distribution(waiting.pop())
        if package.metadata["Name"] in found:
            continue
        found[package.metadata["Name"]] = package
        if package.metadata["Name"] not in ALSO:
            waiting += [
                re.split(r"[^\w.-]", need)[0]
                for need in package.requires or []
                if "extra ==" not in need and "sys_platform" not in need
            ]
    return [found[name] for name in sorted(found, key=str.lower) if name != "weightbench"]


def _of_package(package: Distribution, out: Path) -> str:
    name = package.metadata["Name"]
    texts = [
        file
        for file in package.files or []
        if ".dist-info" in str(file.parts[0])
        and re.match(r"(LICEN[SC]E|COPYING|NOTICE|AUTHORS|OFL|README)", file.name, re.IGNORECASE)
    ]
    target = out / name
    if name in OF_QT:
        target.mkdir(parents=True)
        for own in sorted((HERE / "licences").iterdir()):
            shutil.copy(own, target)
    elif not texts:
        raise SystemExit(f"licences: {name} carries no licence text")
    for text in texts:
        # Some have several of the same name, in folders.
        copy = target.joinpath(*text.parts[1:])
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(str(text.locate()), copy)
    return f"{name} {package.version}: {_licence_name(package)}"


def _licence_name(package: Distribution) -> str:
    named = package.metadata["License-Expression"] or package.metadata["License"] or ""
    if named and "\n" not in named:
        return str(named)
    for line in package.metadata.get_all("Classifier") or []:
        if line.startswith("License ::"):
            return str(line).rpartition(" :: ")[2]
    return "see its folder"


def _of_python(out: Path) -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    base = Path(sys.base_prefix)
    for text in (
        base / "lib" / f"python3.{sys.version_info.minor}" / "LICENSE.txt",
        base / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    ):
        if text.is_file():
            (out / "Python").mkdir(parents=True)
            shutil.copy(text, out / "Python")
            return f"Python {version}: PSF-2.0"
    raise SystemExit(f"licences: Python's own was not found below {base}")


def _of_system(paths: list[str], out: Path) -> Iterator[str]:
    """Copy the licences of the system's libraries, as Debian's packages have them."""
    ours = (Path(sys.prefix), Path(sys.base_prefix) / "lib")
    outside = [path for path in paths if not _below(path, ours)]
    packages: dict[str, list[str]] = {}
    for path in outside:
        packages.setdefault(_package_of(path), []).append(Path(path).name)
    for package, files in sorted(packages.items()):
        (out / "system" / package).mkdir(parents=True)
        shutil.copy(f"/usr/share/doc/{package}/copyright", out / "system" / package)
        yield f"{', '.join(sorted(files))}: of Debian's package {package}"


def _below(path: str, folders: Iterable[Path]) -> bool:
    # The libraries of a Python of the system lie among all others.
    return any(
        Path(path).is_relative_to(folder) for folder in folders if folder != Path("/usr/lib")
    )


def _package_of(path: str) -> str:
    real = str(Path(path).resolve())
    # A library is known by the place it was installed to, before or after /lib became /usr/lib.
    for place in (real, real.removeprefix("/usr")):
        asked = subprocess.run(
            ["dpkg-query", "--search", place], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0:
            return asked.stdout.partition(":")[0].partition(",")[0]
    raise SystemExit(f"licences: no package is known for {path}, so neither is its licence")

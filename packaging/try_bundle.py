"""Tries the bundle without a display: try_bundle.py FOLDER

It must list, trace, open a file, draw the same pictures as the checkout, be small enough, and
carry the licences of what is in it. Ends with exit status 1 and one line for each fault.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import CASES, Failure, draw, run, same_picture

PROJECT = Path(__file__).resolve().parents[1]

MAX_MB, MAX_COMPRESSED_MB = 180, 50
# Under licences that would ask more of us, or of no use here.
UNWANTED = re.compile(r"(lib)?(q?gtk|gdk|readline|gdbm|scipy$|sklearn|_?tkinter|Qt6Network)")
LICENCES = ("README.txt", "PySide6_Essentials/LGPL-3.0.txt", "PySide6_Essentials/GPL-3.0.txt",
            "numpy", "pyqtgraph", "Python", "Weightbench/LICENSE")  # fmt: skip


def check_contents(bundle: Path) -> None:
    """Look at what is in the folder, and how large it is, packed and unpacked."""
    unwanted = [path.name for path in bundle.rglob("*") if UNWANTED.match(path.name)]
    if unwanted:
        raise Failure(f"the bundle has {', '.join(unwanted)}")
    licences = bundle / "_internal" / "licences"
    missing = [name for name in LICENCES if not (licences / name).exists()]
    if missing:
        raise Failure(f"the bundle lacks the licences {', '.join(missing)}")
    dangling = [str(path) for path in bundle.rglob("*") if path.is_symlink() and not path.exists()]
    if dangling:
        raise Failure(f"links of the bundle lead nowhere: {', '.join(dangling)}")


def check_size(bundle: Path, folder: Path) -> None:
    """Weigh the folder as it is and packed, and print both."""
    size = sum(path.stat().st_size for path in bundle.rglob("*") if not path.is_symlink()) / 1e6
    packed = folder / "bundle.tar.xz"
    with tarfile.open(packed, "w:xz") as archive:
        archive.add(bundle, bundle.name)
    compressed = packed.stat().st_size / 1e6
    print(f"The bundle has {size:.1f} MB, {compressed:.1f} MB compressed.")
    if size > MAX_MB or compressed > MAX_COMPRESSED_MB:
        raise Failure(f"more than {MAX_MB} MB, or {MAX_COMPRESSED_MB} MB compressed")


def main() -> int:
    """Try everything; return the exit status."""
    bundle = Path(sys.argv[1]).resolve()
    program = [str(next(bundle.glob("weightbench*")))]
    checkout = [sys.executable, "-m", "gui"]
    try:
        with TemporaryDirectory() as name:
            folder = Path(name)
            # Where it was built it could still find what it was built from.
            moved = folder / "Öl und Wärme" / bundle.name
            shutil.copytree(bundle, moved, symlinks=True)
            program = [str(moved / Path(program[0]).name)]
            check_contents(moved)
            for arguments in (["--version"], ["--list"], ["Several steps", "--trace", "3"]):
                ours, theirs = run(checkout, arguments, PROJECT), run(program, arguments, folder)
                if ours != theirs:
                    raise Failure(f"{arguments}: the bundle prints\n{theirs}\nnot\n{ours}")
            for number, case in enumerate(CASES):
                draw(checkout, case, PROJECT, folder / f"{number}-checkout.png")
                draw(program, case, folder, folder / f"{number}-bundle.png")
                if not same_picture(folder / f"{number}-checkout.png",
                                    folder / f"{number}-bundle.png"):  # fmt: skip
                    raise Failure(f"{case}: the bundle draws another picture")
            check_size(moved, folder)
    except Failure as failure:
        print(f"try_bundle: {failure}", file=sys.stderr)
        return 1
    print("The bundle works.")
    return 0


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.exit(main())

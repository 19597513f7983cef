"""Looks at the virtual environment that runs it.

    environment.py wanted    prints in one line what the environment must fit
    environment.py check     names the packages that are broken; exit status 1 if there are any

Uses the standard library alone: what it looks at may be broken.
"""

import base64
import csv
import hashlib
import json
import sys
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def wanted() -> str:
    """Say which Python, which place and which needs; other changes to the project do not matter."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    keys = ("version", "requires-python", "dependencies", "optional-dependencies", "scripts")
    needs = json.dumps({key: project["project"].get(key) for key in keys}, sort_keys=True)
    digest = hashlib.sha256(f"{PROJECT}\n{needs}".encode()).hexdigest()
    return f"{sys.version_info.major}.{sys.version_info.minor} {digest}"


def fault(package: Distribution) -> str | None:
    """Say what is wrong with an installed package, if anything is."""
    # pip writes the list of files last of all. Read here, as what importlib.metadata makes of it
    # leaves out the files that are missing.
    record = package.read_text("RECORD")
    if record is None:
        return "was not installed to its end"
    for name, digest, _ in csv.reader(record.splitlines()):
        if not digest or name.endswith(".pyc"):
            continue
        try:
            content = Path(str(package.locate_file(name))).read_bytes()
        except OSError:
            return f"lacks {name}"
        kind, _, value = digest.partition("=")
        found = base64.urlsafe_b64encode(hashlib.new(kind, content).digest())
        if found.rstrip(b"=").decode() != value:
            return f"has another {name} than it came with"
    return None


def broken_packages() -> list[str]:
    """Describe the packages in the environment that are not as they were installed."""
    faults = []
    for package in distributions():
        name = package.metadata["Name"]
        what = "has lost its name" if name is None else fault(package)
        if what is not None:
            faults.append(f"{name or 'a package'} {what}")
    return faults


def main() -> int:
    """Do what the command line asks for; return the exit status."""
    if sys.argv[1:] == ["wanted"]:
        print(wanted())
        return 0
    faults = broken_packages()
    for what in faults:
        print(f"{Path(sys.prefix).name} is damaged: {what}.", file=sys.stderr)
    if faults:
        print("Run `make clean`, then `make run`, to install everything anew.", file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())

"""Which Weightbench this is; asked before anything of Qt is imported."""

from importlib.metadata import PackageNotFoundError, version


def version_number() -> str:
    """The version that was installed, such as "0.1.0"; says so if none was."""
    try:
        return version("weightbench")
    except PackageNotFoundError:
        return "(not installed)"

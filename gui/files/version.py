"""Which Weightbench this is; asked before anything of Qt is imported."""


def version_number() -> str:
    """The version that was installed, such as "0.1.0"; says so if none was."""
    # What reads mail is imported with it: a twentieth of the time to the first window.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("weightbench")
    except PackageNotFoundError:
        return "(not installed)"

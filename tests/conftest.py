"""What every test has: no display, a home of its own, and examples drawn the same way in CI."""

import gc
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]

# Qt reads this when the application object is made, which is after this line.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Bytecode is kept, whatever the shell says: each process of a run would compile all of its tests,
# and each program that a test starts all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No deadline: a loaded machine is slow, not wrong.
settings.register_profile("weightbench", deadline=None, max_examples=50)
settings.register_profile("ci", settings.get_profile("weightbench"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "weightbench")


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole run a throwaway home, so that nothing of the user's is read or written.

    The language is English, whatever the system's is.
    """
    # Shells let what they start in the background ignore Ctrl-C, which would be handed on to the
    # programs that tests start and interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    home = tempfile.TemporaryDirectory(prefix="weightbench-tests-")
    config.add_cleanup(home.cleanup)
    environment = pytest.MonkeyPatch()
    config.add_cleanup(environment.undo)

    folders = {"HOME": home.name, "USERPROFILE": home.name}
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        folders[f"XDG_{kind}_HOME"] = str(Path(home.name, kind.lower()))
    if "XDG_RUNTIME_DIR" not in os.environ:  # Qt would warn that it has to make one up
        folders["XDG_RUNTIME_DIR"] = str(Path(home.name, "runtime"))
    environment.setenv("LANGUAGE", "en")
    for name, folder in folders.items():
        environment.setenv(name, folder)
        Path(folder).mkdir(mode=0o700, exist_ok=True)


def pytest_collection() -> None:
    """Collect no garbage while tests are gathered: all that is made stays."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Let the garbage collection pass over what stays for the whole run: modules and the tests."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def mnist_folder() -> Path:
    """The folder with MNIST's four IDX files: WEIGHTBENCH_MNIST, or one beside the project."""
    folder = Path(os.environ.get("WEIGHTBENCH_MNIST", PROJECT.parent / "shared" / "data" / "mnist"))
    if not folder.is_dir():
        pytest.skip(f"no MNIST files: {folder} is not a folder (set WEIGHTBENCH_MNIST)")
    return folder

"""Makes sure that the system libraries Qt links against are there, and installs them if it can.

PySide6 brings Qt itself, but on Linux not the C libraries below it, and a plain machine lacks them.
Those for X11 and Wayland are looked at only where such a display is: drawing off screen needs
neither.
"""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

# Each library and its package, by the names of Debian 12 and 13, Ubuntu 22.04 and 24.04.
# (Where libglib2.0-0 is called libglib2.0-0t64, that provides the old name, and apt takes it.)
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
ON_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ON_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def needed() -> dict[str, str]:
    """Return the libraries this machine needs, each with its package."""
    libraries = dict(ALWAYS)
    if os.environ.get("DISPLAY"):
        libraries |= ON_X11
    if os.environ.get("WAYLAND_DISPLAY"):
        libraries |= ON_WAYLAND
    return libraries


def can_load(library: str) -> bool:
    """Say whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main() -> int:
    """Install what is missing, or say what to install; return the exit status."""
    if not sys.platform.startswith("linux"):
        return 0
    missing = {name: package for name, package in needed().items() if not can_load(name)}
    if not missing:
        return 0
    print("Qt needs system libraries that are missing:", *missing, flush=True)
    apt_install = Path(__file__).with_name("apt-install")
    return subprocess.run([apt_install, *sorted(set(missing.values()))], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

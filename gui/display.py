"""Whether a window can be opened: asked before Qt is, which would abort the process."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from model.door import say

# What Qt can draw on without a server of windows.
_WITHOUT_SERVER = {"eglfs", "linuxfb", "minimal", "minimalegl", "offscreen", "vkkhrdisplay", "vnc"}
_OF_SYSTEM = {"win32": {"windows", "direct2d"}, "darwin": {"cocoa"}}
_SECONDS_TO_ANSWER = 2.0


class UnknownPlatform(ValueError):
    """QT_QPA_PLATFORM names nothing that Qt knows; the message is one sentence."""


def display_reachable() -> bool:
    """Whether Qt will find something to open a window on, as it will look for it.

    Raises UnknownPlatform where QT_QPA_PLATFORM names none that Qt knows.
    """
    named = os.environ.get("QT_QPA_PLATFORM")
    if named:
        return _any_reachable(named)
    if sys.platform in _OF_SYSTEM:
        return True
    return ("WAYLAND_DISPLAY" in os.environ and _wayland_answers()) or _x_answers()


def _any_reachable(named: str) -> bool:
    """Of a list such as "wayland;xcb:option" Qt takes the first that works."""
    words = [word.strip(":").partition(":")[0] for word in named.split(";")]
    found = {word: _reachable(word.lower()) for word in words if word}
    if any(found.values()):
        return True
    unknown = [word for word, reachable in found.items() if reachable is None]
    if unknown or not found:
        what = (unknown or [named])[0][:40]
        raise UnknownPlatform(
            say("QT_QPA_PLATFORM: {what} is no platform that Qt knows here", what=repr(what))
        )
    return False


def _reachable(platform: str) -> bool | None:
    """Whether Qt can open windows on a platform; None if there is none of that name."""
    if platform in _WITHOUT_SERVER or platform in _OF_SYSTEM.get(sys.platform, ()):
        return True
    if sys.platform in _OF_SYSTEM:
        return None
    if platform == "xcb":
        return _x_answers()
    if platform.partition("-")[0] == "wayland":
        return _wayland_answers()
    return None


def _wayland_answers() -> bool:
    if "WAYLAND_SOCKET" in os.environ:
        # A connection that was handed to this process; to try it would use it up.
        return True
    # An absolute name wins over the folder.
    name = Path(os.environ.get("WAYLAND_DISPLAY") or "wayland-0")
    folder = os.environ.get("XDG_RUNTIME_DIR")
    if not folder and not name.is_absolute():
        return False
    return _answers_at(str(Path(folder or "", name)))


def _x_answers() -> bool:
    pattern = r"(?:(.*)/)?(.*):([0-9]{1,5})(?:\.[0-9]+)?"
    found = re.fullmatch(pattern, os.environ.get("DISPLAY", ""))
    if found is None:
        return False
    protocol, host, number = found.groups()
    if host and "unix" not in (protocol, host):
        return _answers_on(host.strip("[]"), 6000 + int(number))
    # Linux also has names that are in no folder.
    return any(_answers_at(f"{start}/tmp/.X11-unix/X{number}") for start in ("\0", ""))


def _answers_at(path: str) -> bool:
    import socket

    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_SECONDS_TO_ANSWER)
        probe.connect(path)
        return True
    return False


def _answers_on(host: str, port: int) -> bool:
    import socket

    # Beside what the network says, there are names and ports that none can have.
    with (
        suppress(OSError, ValueError, OverflowError),
        socket.create_connection((host, port), _SECONDS_TO_ANSWER),
    ):
        return True
    return False

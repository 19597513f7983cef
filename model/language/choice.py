"""Which language the program speaks: asked for, chosen before, or the system's."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from model.door import choose_language, is_spoken, languages, say
from model.files.cache import cache_folder
from model.files.saving import save_text

# The language of the system, whichever that is.
SYSTEM = "system"
# Where gettext looks for it, in this order.
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_FILE = "language"
_CODE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,2}")
_MAX_BYTES = 40
_PATIENCE_S = 1.0


class UnknownLanguage(ValueError):
    """A language that has no catalogue here; the message is one sentence."""


def speak(asked: str | None = None) -> None:
    """Speak the language that is asked for, or was chosen, or is the system's; else English.

    Raises UnknownLanguage where one is asked for that is not there.
    """
    if asked is not None and not is_spoken(asked):
        raise UnknownLanguage(
            say(
                "--language: {code!r} is none of {codes}",
                code=asked[:20],
                codes=", ".join(languages()),
            )
        )
    code = asked if asked is not None else chosen()
    choose_language(*(of_system() if code == SYSTEM else [code]))


def chosen() -> str:
    """The code of the language that was chosen to be spoken, or SYSTEM."""
    with suppress(OSError, UnicodeDecodeError):
        file = _file()
        # A named pipe could keep us waiting for ever.
        if file.is_file():
            with file.open("rb") as stream:
                code = stream.read(_MAX_BYTES).decode("ascii").strip()
            return code if is_spoken(code) else SYSTEM
    return SYSTEM


def choose(code: str) -> None:
    """Speak this language, or SYSTEM, from the next start on. Raises OSError if it is not kept."""
    if code == SYSTEM:
        _file().unlink(missing_ok=True)
        return
    _file().parent.mkdir(parents=True, exist_ok=True)
    save_text(_file(), f"{code}\n")


def of_system() -> list[str]:
    """The codes of the languages that the system is set to, the one liked best first."""
    for variable in _VARIABLES:
        value = os.environ.get(variable, "")
        if value:
            # de_AT.UTF-8:de@euro
            codes = [re.split(r"[.@]", code)[0] for code in value.split(":")]
            return [code for code in codes if _CODE.fullmatch(code)] or ["en"]
    if sys.platform == "win32":
        import ctypes
        import locale

        code = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
        return [code] if code else []
    return _of_mac() if sys.platform == "darwin" else []


def _of_mac() -> list[str]:
    """A window that is started from the Finder has no such variables."""
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(
            ["defaults", "read", "-g", "AppleLanguages"],
            capture_output=True, check=True, text=True, timeout=_PATIENCE_S,
        ).stdout  # fmt: skip
        return [code[0].replace("-", "_") for code in _CODE.finditer(told)]
    return []


def _file() -> Path:
    """Beside what else the command line remembers."""
    return cache_folder().parent / _FILE

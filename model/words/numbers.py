"""How numbers are written and read on screen: one way for every panel."""

from __future__ import annotations

import math
import re

# The sign as it is printed: as wide as a plus, where a hyphen would be short.
MINUS = "\u2212"


def short(value: float, digits: int = 4) -> str:
    """A number in few figures that keep their places while it changes.

    Fixed decimals where that says something; powers of ten for the very large and small.
    """
    if value == 0:
        return f"{0:.{digits}f}"
    size = abs(value)
    if size >= 1e6 or size < 0.5 * 10**-digits:
        return _minus(f"{value:.2e}")
    decimals = max(0, digits - max(0, int(math.log10(size)) - 1 if size >= 100 else 0))
    return _minus(f"{value:.{decimals}f}")


def signed(value: float, digits: int = 4) -> str:
    """The same with a sign before positive numbers."""
    return ("+" if value > 0 else "") + short(value, digits)


def plain(value: float, digits: int = 6) -> str:
    """As a person would write it, without needless zeros: 8.5, 0.65, 0.3."""
    return _minus(f"{value:.{digits}g}") if value else "0"


def percent(part: float) -> str:
    """A part of 1 in percent; all of it is only said where it is all."""
    shown = min(100 * part, 99.9) if part < 1 else 100.0
    return f"{shown:.1f} %"


def exact(value: float) -> str:
    """Every figure there is, so that what is typed back is the same number."""
    return repr(float(value)).removesuffix(".0")


def parse(text: str) -> float:
    """The finite number in a text as people type them: 0.3, -1e-3, 1/3 is not one, 0,3 is.

    Raises ValueError with one sentence for a person.
    """
    cleaned = text.strip().replace("\u2212", "-").replace("\u2009", "").replace(" ", "")
    if "." not in cleaned and cleaned.count(",") == 1:
        cleaned = cleaned.replace(",", ".")
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}(,\d{3})+", text.strip()):
        raise ValueError(f"“{text.strip()[:40]}” could mean two numbers: type it without the comma")
    try:
        value = float(cleaned)
    except ValueError:
        raise ValueError(f"“{text.strip()[:40]}” is not a number") from None
    if not math.isfinite(value) or "_" in cleaned:
        raise ValueError(f"“{text.strip()[:40]}” is not a finite number")
    return value


def _minus(text: str) -> str:
    return text.replace("-", MINUS)

"""Names of inputs and outputs, as they are offered, typed in a list, and pasted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from model.door import say

MAX_NAME_LETTERS = 60
# Unicode's categories of what moves a cursor or breaks a line, and of halves of letters.
_CONTROL = ("Cc", "Cs", "Zl", "Zp")


def split_names(text: str) -> list[str]:
    """The names in a text that was copied elsewhere: a row, a column, or a list.

    Tabs and ends of lines part names; where there are none, semicolons do, or else commas.
    Quotes and brackets around names are left out.
    """
    for separators in (r"[\t\n\r\v\f\x85\u2028\u2029]+", ";", ","):
        parts = re.split(separators, text.strip())
        if len(parts) > 1:
            break
    names = [" ".join(part.split()).strip("\"'[]() ") for part in parts]
    return [name for name in names if name]


def with_count(names: Sequence[str], n: int, base: str) -> list[str]:
    """The first n of the names, and new ones after ``base`` where there are fewer."""
    kept = list(names[:n])
    taken, number = set(kept), 0
    while len(kept) < n:
        number = max(number, len(kept)) + 1
        name = say("{base} {number}", base=base, number=number)
        if name not in taken:
            kept.append(name)
            taken.add(name)
    return kept


def fault_of_names(names: Sequence[str]) -> str:
    """What is wrong with a list of names, in one sentence; empty where nothing is."""
    seen: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        fault = fault_of_name(name)
        if fault:
            return say("number {number}: {fault}", number=number, fault=fault)
        if name in seen:
            return say("“{name}” stands there twice, as number {first} and {number}: give each "
                       "another name", name=name, first=seen[name], number=number)  # fmt: skip
        seen[name] = number
    return ""


def fault_of_name(name: str) -> str:
    """What is wrong with a name, in one sentence; empty where nothing is."""
    if not name.strip():
        return say("write a name")
    if len(name) > MAX_NAME_LETTERS:
        return say("a name has at most {most} letters, and this one has {n}",
                   most=MAX_NAME_LETTERS, n=len(name))  # fmt: skip
    if not name.isprintable() and any(unicodedata.category(sign) in _CONTROL for sign in name):
        return say("there is a control character in it: type the name once more")
    return ""

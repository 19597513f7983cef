"""Names of inputs and outputs, as they are offered, typed in a list, and pasted."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from model.building.errors import BuildError
from model.building.names import checked_name, fresh_name
from model.door import say


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
    taken = set(kept)
    while len(kept) < n:
        kept.append(fresh_name(say("{base} {number}", base=base, number=len(kept) + 1), taken))
        taken.add(kept[-1])
    return kept


def fault_of_names(names: Sequence[str]) -> str:
    """What is wrong with a list of names, in one sentence; empty where nothing is."""
    taken: set[str] = set()
    for number, name in enumerate(names, start=1):
        fault = fault_of_name(name, taken)
        if fault:
            return say("Number {number:,}: {fault}", number=number, fault=fault)
        taken.add(name)
    return ""


def fault_of_name(name: str, taken: Collection[str] = ()) -> str:
    """What is wrong with a name, in one sentence; empty where nothing is."""
    try:
        checked_name(name, taken)
    except BuildError as error:
        return str(error)
    return ""

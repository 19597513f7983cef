"""What docs/lessons.md says is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from model.actions.spaces import SHOWN_SPACES
from model.lessons import MISCONCEPTIONS
from model.lessons.blocks import KINDS, WHAT_IF_KEYS
from model.lessons.check import check_text
from model.lessons.quantities import QUANTITIES
from model.lessons.templates import pieces
from model.listing.slips import SLIPS

REFERENCE = Path(__file__).parents[3].joinpath("docs/lessons.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[a-z_-]+", " ".join(re.findall(r"`[^`\n]+`", REFERENCE))))


@pytest.mark.parametrize(
    "names",
    [
        QUANTITIES,
        SLIPS,
        SHOWN_SPACES,
        KINDS,
        WHAT_IF_KEYS,
        {key for kind in KINDS.values() for key in kind.keys},
        ("format", "version", "id", "title", "about", "experiment", "minutes", "needs", "again"),
        ("says", "holds", "because", "page"),
        ("signed", "percent", "whole", "exact", "decimal", "count"),
    ],
)
def test_everything_that_can_be_written_is_in_the_reference(names: set[str]) -> None:
    assert set(names) <= NAMED


def test_the_table_of_misconceptions_is_the_one_that_is_checked() -> None:
    table = REFERENCE.partition("## Misconceptions")[2]
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", table, re.MULTILINE))

    assert rows == {name: row.idea for name, row in MISCONCEPTIONS.items()}


def test_the_lesson_in_the_reference_passes() -> None:
    example = re.search(r"````\n(.*?)````\n", REFERENCE, re.DOTALL)

    assert example is not None
    assert check_text(example[1], "docs/lessons.md") == []


def test_formats_are_written_as_the_reference_shows() -> None:
    rows = re.findall(r"^\| (?:none|`\\\| ([a-z0-9 ]+)`)[^|]* \| ([^|]+) \| ([^|]+) \|$",
                      REFERENCE, re.MULTILINE)  # fmt: skip
    assert len(rows) >= 6
    for form, *shown in rows:
        bar = f"| {form} " if form else ""
        for value, written in zip(("-0.061775", "0.97491"), shown, strict=True):
            (slot,) = pieces(f"{{{{ {value} {bar}}}}}")
            assert not isinstance(slot, str)
            assert slot.format.write(float(value)) == written.split(",")[0].strip(), form

"""The command that makes one page of a class's answers."""

from __future__ import annotations

from pathlib import Path

from gui.call.checking import UsageError
from gui.call.terminal import complain, shown
from model.classroom.collecting import collect, revealed, write_collected
from model.door import say, say_count


def print_collected(name: str) -> int:
    """Collect the files of answers in a folder; returns 1 where one of them was left out.

    Raises UsageError where there is no such folder; OSError where nothing can be written there.
    """
    folder = Path(name)
    # Of no letters Python makes the folder at hand.
    if not name or not folder.is_dir():
        raise UsageError(say("--collect: {name!r} is no folder", name=name[:80]))
    found = collect(folder)
    for fault in found.faults:
        complain(fault)
    if not found.answers:
        raise UsageError(say("--collect: no file of answers is in {folder}", folder=folder))
    table, page = write_collected(found, folder)
    print(
        shown(
            say_count(
                "{n:,} file of answers, {ideas:,} misconceptions: {page} and {table}",
                "{n:,} files of answers, {ideas:,} misconceptions: {page} and {table}",
                len(found.answers),
                ideas=len(revealed(found.answers)),
                page=page,
                table=table,
            )
        )
    )
    return 1 if found.faults else 0

"""What is recorded of lessons outlives damage, other windows and other versions."""

from __future__ import annotations

import json
from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.files.kept_lessons import KeptLessons
from gui.files.settings import Settings
from gui.session.lesson import Records
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import end_window


def window_records(folder: Path) -> tuple[KeptLessons, Records]:
    kept = KeptLessons(folder)
    records = Records(kept.read())
    kept.begin(records.values())
    return kept, records


def test_two_windows_do_not_write_over_the_lessons_of_each_other(tmp_path: Path) -> None:
    one, mine = window_records(tmp_path)
    mine.of("freezing").page = 3
    mine.of("the-update").page = 2
    one.write(mine.values())
    two, theirs = window_records(tmp_path)

    mine.of("freezing").of_page(1).mark = "done"
    one.write(mine.values())
    theirs.of("one-delta").of_page(2).mark = "shown"
    theirs.forget("the-update")
    two.write(theirs.values())
    mine.of("several-steps").page = 4
    one.write(mine.values())

    _, found = window_records(tmp_path)
    assert found.look("freezing").pages[1].mark == "done"
    assert found.look("freezing").page == 3
    assert found.look("one-delta").pages[2].mark == "shown"
    assert found.look("several-steps").page == 4
    assert "the-update" not in found
    assert [file.name for file in tmp_path.iterdir()] == ["lessons.json"]


def test_what_another_version_recorded_stays(tmp_path: Path) -> None:
    file = tmp_path / "lessons.json"
    file.write_text('{"future": [1], "lessons": {"from-later": {"new": 7}}}')
    kept, records = window_records(tmp_path)
    records.of("freezing").page = 2
    kept.write(records.values())
    found = json.loads(file.read_text("utf-8"))
    assert found["future"] == [1]
    assert found["lessons"]["from-later"] == {"new": 7}
    assert found["lessons"]["freezing"]["page"] == 2


DAMAGED = (
    b'{"lessons": {"fre', b"", b"[1]", b"\xff\xfe", b"[" * 5000, b" " * 2_000_001,
)  # fmt: skip


def test_files_that_cannot_be_read_are_set_aside_each_by_itself(tmp_path: Path) -> None:
    for number, damage in enumerate(DAMAGED, start=1):
        (tmp_path / "lessons.json").write_bytes(damage)
        kept = KeptLessons(tmp_path)
        assert kept.read() == {}
        assert kept.damaged == tmp_path / f"lessons-damaged-{number}.json"
        assert kept.damaged.read_bytes() == damage
    assert len(list(tmp_path.iterdir())) == len(DAMAGED)


def test_where_a_file_was_set_aside_that_is_told(qtbot: QtBot) -> None:
    settings = Settings()
    settings.kept.mkdir(parents=True)
    (settings.kept / "lessons.json").write_bytes(DAMAGED[0])
    window = Window(open_experiment("Several outputs"), settings)
    said: list[str] = []
    window.session.notices.refused.connect(said.append)
    window.lessons.welcome()
    aside = settings.kept / "lessons-damaged-1.json"
    assert aside.read_bytes() == DAMAGED[0]
    assert any(str(aside) in sentence for sentence in said)
    window.session.edits.mark_saved()
    end_window(window)


def test_what_is_damaged_while_it_is_open_is_written_whole(tmp_path: Path) -> None:
    kept, records = window_records(tmp_path)
    records.of("freezing").page = 2
    kept.write(records.values())
    (tmp_path / "lessons.json").write_text("{")
    records.of("one-delta").page = 3
    kept.write(records.values())
    _, found = window_records(tmp_path)
    assert (found.look("freezing").page, found.look("one-delta").page) == (2, 3)
    assert kept.damaged == tmp_path / "lessons-damaged-1.json"


def test_half_a_pair_of_letters_in_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "lessons.json").write_text('{"under_way": "\\ud800"}')
    kept, records = window_records(tmp_path)
    records.of("\udfff").page = 2
    kept.write(records.values())
    _, found = window_records(tmp_path)
    assert (found.under_way, found.look("\udfff").page) == ("\ud800", 2)

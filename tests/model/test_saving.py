from __future__ import annotations

import os
from pathlib import Path

import pytest

from model.saving import save_bytes, save_text


def test_what_is_saved_is_there_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    save_text(file, "zwölf")
    assert file.read_text(encoding="utf-8") == "zwölf"
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    save_text(file, "old")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(OSError, match="No space"):
        save_bytes(file, b"new")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_file_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    ordinary, saved = tmp_path / "ordinary", tmp_path / "saved"
    ordinary.write_text("x")
    save_text(saved, "x")
    assert saved.stat().st_mode == ordinary.stat().st_mode

"""What is remembered between starts, as it was kept once and as it is kept now."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from gui.files.settings import Settings
from model.errors import DigitsError
from model.files.cache import cache_folder
from model.files.mnist import find_mnist, remembered_folder


def old_store() -> QSettings:
    return QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Weightbench", "Weightbench"
    )


def test_the_folder_of_mnist_is_known_to_the_next_start_and_without_qt(tmp_path: Path) -> None:
    folder = tmp_path / "my mnist"
    folder.mkdir()
    assert Settings().mnist_folder is None
    Settings().mnist_folder = folder
    assert Settings().mnist_folder == folder
    assert remembered_folder() == folder
    Settings().mnist_folder = None
    assert Settings().mnist_folder is None
    assert remembered_folder() is None


def test_a_folder_from_older_settings_is_taken_over(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    store = old_store()
    store.setValue("mnist_folder", str(folder))
    store.sync()
    settings = Settings()
    assert settings.mnist_folder == folder
    assert remembered_folder() == folder
    settings.mnist_folder = None
    assert Settings().mnist_folder is None


def test_older_settings_without_a_folder_are_read(tmp_path: Path) -> None:
    store = old_store()
    store.setValue("mnist_folder", "")
    store.sync()
    assert Settings().mnist_folder is None
    folder = tmp_path / "new"
    folder.mkdir()
    Settings().mnist_folder = folder
    assert Settings().mnist_folder == folder


def test_where_the_cache_cannot_be_written_the_window_remembers_all_the_same(
    tmp_path: Path,
) -> None:
    # A file is in the way of the folder.
    cache_folder().parent.write_text("")
    folder = tmp_path / "mine"
    folder.mkdir()
    Settings().mnist_folder = folder
    assert Settings().mnist_folder == folder
    Settings().mnist_folder = None
    assert Settings().mnist_folder is None


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\0", b"a\0b\n", b"\xff" * 100, b"x" * 10**6, b"no/such/folder\n"]
)
def test_whatever_is_in_the_file_what_comes_out_can_be_looked_for(
    monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    file = cache_folder().parent / "mnist-folder.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(DigitsError) if Settings().mnist_folder else nullcontext():
        assert find_mnist(Settings().mnist_folder) is None


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
@pytest.mark.parametrize("name", ["two\nlines", "ends\n", os.fsdecode(b"not\xfftext"), " x "])
def test_any_name_of_a_folder_is_remembered(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this disk does not take such a name")
    Settings().mnist_folder = folder
    assert Settings().mnist_folder == folder
    assert remembered_folder() == folder


# Qt resolves all of these before it looks at what a value begins with.
@pytest.mark.parametrize(
    "beginning",
    [
        rb"@Variant(", rb"@\126ariant(", rb"@\x10056\x10061riant(", rb"\x40Variant(",
        rb"@\0000126ariant(", rb"@\qVariant(", rb"@\xVariant(", rb"@V\;ariant(",
        b"@Var\\\niant(", b"@V\\\r\n\\\nariant(", b"@Var\\\riant(", b'"@Var""iant(',
        rb"a, @\126ariant(",
    ],
)  # fmt: skip
def test_packed_objects_are_taken_out_however_they_are_written(beginning: bytes) -> None:
    url = rb"\0\0\0\x11\0\0\0\bhttp://x)"
    ending = url + b'"' * beginning.startswith(b'"')
    file = Path(old_store().fileName())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"[General]\ntheme=" + beginning + ending + b"\nfolder=/here\n")
    settings = Settings()
    found = old_store().value("theme", "")
    assert all(isinstance(each, str) for each in (found if isinstance(found, list) else [found]))
    assert settings.folder == Path("/here")


def test_what_is_written_with_escapes_and_over_several_lines_stays() -> None:
    store = old_store()
    store.setValue("folder", '/a@b \\x40 "Variant" \u00e4\n;c')
    store.setValue("layout/window", QByteArray(bytes(range(256))))
    store.sync()
    file = Path(store.fileName())
    before = file.read_bytes()
    settings = Settings()
    assert settings.layout("window") == QByteArray(bytes(range(256)))
    assert settings.folder == Path('/a@b \\x40 "Variant" \u00e4\n;c')
    assert file.read_bytes() == before

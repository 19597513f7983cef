"""Files are known by how they begin; each kind is named, with what to do next."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.files.kinds import (
    HEAD_BYTES,
    KINDS,
    kind_of,
    kind_of_file,
    not_a_picture,
    not_an_experiment,
    not_digits,
)
from tests.model.files.mnist_server import idx


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def saved(compressed: bool, archive: bool) -> bytes:
    target = io.BytesIO()
    values = np.arange(6.0)
    if archive:
        (np.savez_compressed if compressed else np.savez)(target, values=values)
    else:
        np.save(target, values)
    return target.getvalue()


def tarred() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.json"), io.BytesIO(b""))
    return target.getvalue()


def box(brand: bytes, *more: bytes) -> bytes:
    body = b"ftyp" + brand + b"\0\0\0\0" + b"".join(more)
    return (len(body) + 4).to_bytes(4, "big") + body + bytes(50)


OLD_PAGE = b"\n<HTML><HEAD><TITLE>403 Forbidden</TITLE></HEAD></HTML>"
CONTENTS: dict[str, list[bytes]] = {
    "png": [b"\x89PNG\r\n\x1a\n" + bytes(20)],
    "jpeg": [b"\xff\xd8\xff\xe0\0\x10JFIF", b"\xff\xd8\xff\xe1"],
    "bmp": [b"BM" + bytes(12) + b"\x28\0\0\0"],
    "webp": [b"RIFF\x10\0\0\0WEBPVP8 "],
    "gif": [b"GIF89a\1\0\1\0", b"GIF87a"],
    "heic": [box(b"heic"), box(b"mif1", b"mif1", b"heic"), box(b"msf1")],
    "avif": [box(b"avif"), box(b"mif1", b"miaf", b"avif")],
    "tiff": [b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"],
    "svg": [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><svg/>",
        "<svg/>".encode("utf-16"),
    ],
    "pdf": [b"%PDF-1.7\n%\xe2\xe3"],
    "psd": [b"8BPS\0\1"],
    "zip": [zipped(a=b"x"), zipped()],
    "office": [zipped(**{"[Content_Types].xml": b""}), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
    "opendocument": [zipped(mimetype=b"application/vnd.oasis.opendocument.text")],
    "npz": [saved(False, archive=True), saved(True, archive=True)],
    "npy": [saved(False, archive=False)],
    "gzip": [gzip.compress(b"{}")],
    "bzip2": [bz2.compress(b"{}")],
    "xz": [lzma.compress(b"{}")],
    "tar": [tarred()],
    "idx": [idx((2, 3, 3), bytes(18)), idx((2,), b"\1\2"), b"\0\0\x0c\2\0\0\0\1\0\0\0\x08"],
    "html": [
        b"<!DOCTYPE html><html>",
        OLD_PAGE,
        b"<!-- saved from url --><html>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>',
        "<!doctype html>".encode("utf-16"),
    ],
    "xml": [b"<?xml version='1.0'?><data/>"],
    "json": [
        *(text.encode() for text in ("{}", " \n[1]", '{"a"', "{'a': 1}", "\ufeff{}")),
        *(
            "{}".encode(name)
            for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")
        ),
        json.dumps({"a": "é" * HEAD_BYTES}, ensure_ascii=False).encode()[:HEAD_BYTES],
    ],
    "table": [
        b"toes;win/loss;fans;win\n8,5;0,65;1,2;1\n9,5;0,8;1,3;1\n",
        b"a,b\r\n1,2\r\n",
        b"a\tb\n1\t2\n3\t",
        "a,b\n1,2\n".encode("utf-16"),
    ],
    "text": [b"0.3", b"Dear all,\nthis is a letter\n", "zwölf".encode(), b"MZ and PAR1 and BZh"],
    "python": [b"import numpy as np\n", b"#!/usr/bin/env python3\n", b"def f(x):\n    return x\n"],
    "rtf": [b"{\\rtf1\\ansi"],
    "pickle": [pickle.dumps([1.5], protocol) for protocol in (0, 2, 3, 4, 5)],
    "pointer": [b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\n"],
    "hdf5": [b"\x89HDF\r\n\x1a\n\0"],
    "database": [b"SQLite format 3\0"],
    "program": [b"\x7fELF\2\1", b"MZ\x90\0\3\0\0\0"],
    "media": [b"RIFF\0\0\0\0WAVEfmt ", box(b"isom"), b"OggS\0"],
    "old_encoding": ["Größe und Länge".encode("latin-1")],
    "binary": [bytes(range(256)), b"\0", b"\xfe\xfd\xfc"],
    "empty": [b"", b" \n\t", b"\xef\xbb\xbf\n"],
}
SENTENCES = (not_an_experiment, not_a_picture, not_digits)


@pytest.mark.parametrize("key", CONTENTS)
def test_a_kind_is_known_by_its_first_bytes(key: str) -> None:
    for content in CONTENTS[key]:
        assert kind_of(content).key == key, content[:40]


@pytest.mark.parametrize("key", KINDS)
def test_each_kind_is_named_with_the_next_step(key: str) -> None:
    for say in SENTENCES:
        sentence = say(KINDS[key])
        assert KINDS[key].name in sentence
        assert ": " in sentence
        assert "{" not in sentence
        assert len(sentence) < 150


@given(st.binary(max_size=300))
@example(b"\x80")
@example(b"\xff\xfe")
@example(b"\0\0\xfe\xff")
@example(b"PK\x03\x04")
@example(b"<!--")
def test_any_bytes_are_of_some_kind(content: bytes) -> None:
    assert kind_of(content) in KINDS.values()


@given(st.sampled_from(sorted(CONTENTS)), st.integers(0, 60), st.binary(max_size=8))
def test_spoilt_and_shortened_files_are_of_some_kind(key: str, at: int, spoilt: bytes) -> None:
    content = CONTENTS[key][0]
    assert kind_of(content[:at]) in KINDS.values()
    assert kind_of(content[:at] + spoilt + content[at + len(spoilt) :]) in KINDS.values()


def test_folders_and_devices_are_not_opened(tmp_path: Path) -> None:
    assert kind_of_file(tmp_path).key == "folder"
    assert kind_of_file(Path(os.devnull)).key == "device"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert kind_of_file(tmp_path / "pipe").key == "device"
    with pytest.raises(FileNotFoundError):
        kind_of_file(tmp_path / "nothing")

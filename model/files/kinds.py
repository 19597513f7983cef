"""What kind of file something is, told by how its content begins and never by its name."""

from __future__ import annotations

import codecs
import errno
import json
import re
from pathlib import Path
from typing import BinaryIO, NamedTuple

from model.door import mark, say
from model.files.moments.text import holds_moment

# So much of the beginning is enough to tell; a header of tar lies at 257.
HEAD_BYTES = 4096
_MAY_BE_TABLES = ("text", "old_encoding")
_ENDINGS_OF_TABLES = (".csv", ".tsv", ".tab", ".txt", ".dat", ".data")
_IDX_TYPES = b"\x08\x09\x0b\x0c\x0d\x0e"
_MAX_IDX_DIMENSIONS = 8
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")


class Kind(NamedTuple):
    """A kind of file.

    Attributes
    ----------
    key : str
        One lower-case word, such as "webp".
    name : str
        What a person calls it, with its article: "a WebP picture".
    family : str
        Which of `_STEPS` says what to do with it: such as "picture" or "archive".
    """

    key: str
    name: str
    family: str


def _kinds(family: str, **names: str) -> dict[str, Kind]:
    return {key: Kind(key, name, family) for key, name in names.items()}


KINDS: dict[str, Kind] = {
    **_kinds(
        "picture",
        png=mark("a PNG picture"),
        jpeg=mark("a JPEG picture"),
        bmp=mark("a BMP picture"),
        webp=mark("a WebP picture"),
    ),
    **_kinds(
        "foreign picture",
        gif=mark("a GIF picture"),
        heic=mark("a HEIC picture"),
        avif=mark("an AVIF picture"),
        tiff=mark("a TIFF picture"),
        svg=mark("an SVG drawing"),
        psd=mark("a Photoshop picture"),
        ico=mark("an icon file"),
        jxl=mark("a JPEG XL picture"),
        jp2=mark("a JPEG 2000 picture"),
        pnm=mark("a PNM picture"),
        pdf=mark("a PDF document"),
    ),
    **_kinds(
        "archive",
        zip=mark("a ZIP archive"),
        tar=mark("a TAR archive"),
        sevenzip=mark("a 7z archive"),
        rar=mark("a RAR archive"),
    ),
    **_kinds(
        "gzip",
        gzip=mark("compressed with gzip"),
        bzip2=mark("compressed with bzip2"),
        xz=mark("compressed with xz"),
        zstd=mark("compressed with Zstandard"),
    ),
    **_kinds(
        "arrays",
        npz=mark("a NumPy archive of arrays (NPZ)"),
        npy=mark("a NumPy array (NPY)"),
        hdf5=mark("an HDF5 file"),
        matlab=mark("a MATLAB file"),
        parquet=mark("a Parquet file"),
    ),
    **_kinds(
        "office",
        office=mark("an Office document"),
        opendocument=mark("an OpenDocument file"),
        rtf=mark("an RTF document"),
    ),
    **_kinds("idx", idx=mark("an IDX file of images or labels")),
    **_kinds("page", html=mark("a web page")),
    **_kinds("json", json=mark("JSON")),
    **_kinds("moment", moment=mark("a moment that was copied from Weightbench")),
    **_kinds("table", table=mark("a table of text (CSV)")),
    **_kinds("text", text=mark("plain text"), xml=mark("an XML file")),
    **_kinds("code", python=mark("a Python program")),
    **_kinds("pickle", pickle=mark("a Python pickle")),
    **_kinds("pointer", pointer=mark("a pointer to a file that Git LFS keeps elsewhere")),
    **_kinds("empty", empty=mark("empty")),
    **_kinds("folder", folder=mark("a folder")),
    **_kinds("device", device=mark("a device or a pipe")),
    **_kinds("encoding", old_encoding=mark("text in an older encoding, not UTF-8 text")),
    **_kinds(
        "other",
        database=mark("an SQLite database"),
        program=mark("a program"),
        media=mark("a film or sound file"),
        binary=mark("of no kind that is known here"),
    ),
}

# How files of each kind begin, in the order in which they are tried.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"8BPS", "psd"),
    (b"\0\0\1\0", "ico"),
    (b"\xff\x0a", "jxl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"%PDF-", "pdf"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "sevenzip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x93NUMPY", "npy"),
    (b"\x89HDF\r\n\x1a\n", "hdf5"),
    (b"MATLAB 5.0 MAT-file", "matlab"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\0", "database"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"OggS", "media"),
    (b"ID3", "media"),
    (b"fLaC", "media"),
    (b"\x1aE\xdf\xa3", "media"),
    (b"version https://git-lfs.github.com/spec/", "pointer"),
)
_TEXT_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def kind_of(head: bytes) -> Kind:
    """The kind of a file from its first `HEAD_BYTES` bytes, or all it has if those are fewer."""
    if not head:
        return KINDS["empty"]
    for begin, key in _MARKS:
        # A few letters may begin a text as well.
        if head.startswith(begin) and not (_is_word(begin) and _text_of(head) is not None):
            return KINDS[key]
    container = _container(head)
    if container is not None:
        return KINDS[container]
    text = _text_of(head)
    return KINDS[_not_text(head) if text is None else _text_kind(text)]


def kind_of_file(file: Path) -> Kind:
    """The kind of what lies at a path; a folder, a device or a pipe is not opened.

    Raises
    ------
    OSError
        If there is nothing, or it cannot be read.
    """
    if file.is_dir():
        return KINDS["folder"]
    if not file.is_file() and file.exists():
        return KINDS["device"]
    with file.open("rb") as stream:
        return kind_of(stream.read(HEAD_BYTES))


def opened(file: Path) -> BinaryIO:
    """A file opened to read its bytes, or OSError: a pipe could keep who reads waiting for ever."""
    if not file.is_file() and not file.is_dir() and file.exists():
        raise OSError(errno.EINVAL, say("it is not a file but a device or a pipe"))
    return file.open("rb")


def is_table(file: Path) -> bool:
    """Whether a file's bytes are those of a table; by its name, too, where any text may be one."""
    ending = file.suffix.lower()
    try:
        key = kind_of_file(file).key if file.is_file() and ending != ".json" else None
    except OSError:
        return False
    return key == "table" or (key in _MAY_BE_TABLES and ending in _ENDINGS_OF_TABLES)


def is_moment(file: Path) -> bool:
    """Whether a file's bytes are a text with a moment that was copied."""
    try:
        return kind_of_file(file).key == "moment"
    except OSError:
        return False


def encoding_of(content: bytes) -> str:
    """The encoding in which a text must be read: UTF-8, UTF-16 or UTF-32, with a mark or not."""
    for begin, name in _TEXT_MARKS:
        if content.startswith(begin):
            return name
    return json.detect_encoding(content[:4])


def not_an_experiment(kind: Kind) -> str:
    """What to say of such a file where an experiment is wanted: its kind and the next step."""
    return _sentence(kind, _FOR_EXPERIMENT, mark("an experiment"))


def not_a_picture(kind: Kind) -> str:
    """What to say of such a file where a picture is wanted: its kind and the next step."""
    return _sentence(kind, _FOR_PICTURE, mark("a picture that can be read here"))


def not_digits(kind: Kind) -> str:
    """What to say of such a file where an IDX file is wanted: its kind and the next step."""
    return _sentence(kind, _FOR_DIGITS, mark("an IDX file of digits"))


# Next steps that do not depend on what was wanted. {kind} and {wanted} are filled in.
_STEPS = {
    "picture": mark("is {kind}, not {wanted}: load it as an image on a bench of digits"),
    "foreign picture": mark(
        "is {kind}, not {wanted}: save it as PNG or JPEG first, then load that as "
        "an image on a bench of digits"
    ),
    "archive": mark("is {kind}, not {wanted}: unpack it, then open what is inside"),
    "gzip": mark("is {kind}: unpack it, then open what is inside"),
    "arrays": mark("is {kind}, not {wanted}: write its numbers into an experiment file (JSON)"),
    "office": mark("is {kind}, not {wanted}: copy its numbers into an experiment file (JSON)"),
    "idx": mark("is {kind}, not {wanted}: open it as an experiment"),
    "page": mark(
        "is {kind}, not {wanted}: a download may have been refused, so fetch the file again"
    ),
    "json": mark("is {kind}, not {wanted}: open it as an experiment"),
    "moment": mark("is {kind}, not {wanted}: open it as an experiment"),
    "table": mark("is {kind}, not {wanted}: write its numbers into an experiment file (JSON)"),
    "text": mark("is {kind}, not {wanted}: choose a file that Weightbench has saved (.json)"),
    "code": mark("is {kind}, not {wanted}: choose a file that Weightbench has saved (.json)"),
    "pickle": mark(
        "is {kind}, which can run any program when it is read and is never opened here: "
        "save its numbers as JSON"
    ),
    "pointer": mark("is {kind}: fetch the file itself with “git lfs pull”"),
    "empty": mark("is {kind}: choose a file that Weightbench has saved (.json)"),
    "folder": mark("is {kind} and not a file: choose a file in it"),
    "device": mark("is not a file but {kind}: choose a file"),
    "encoding": mark("is {kind}: save it once more with the encoding UTF-8"),
    "other": mark("is {kind}, not {wanted}: choose a file that Weightbench has saved (.json)"),
}
_CONVERT = mark("is {kind}, not {wanted}: save it as PNG or JPEG first")
_PICK_PICTURE = mark("is {kind}, not {wanted}: choose a PNG, JPEG, BMP or WebP picture")
_FOR_EXPERIMENT: dict[str, str] = {}
_FOR_PICTURE = {
    "picture": _CONVERT,
    "foreign picture": _CONVERT,
    "arrays": _PICK_PICTURE,
    "office": mark("is {kind}, not {wanted}: save the picture in it as PNG or JPEG first"),
    "table": _PICK_PICTURE,
    "text": _PICK_PICTURE,
    "code": _PICK_PICTURE,
    "encoding": _PICK_PICTURE,
    "empty": mark("is {kind}: choose a PNG, JPEG, BMP or WebP picture"),
    "other": _PICK_PICTURE,
}
_FETCH = mark("is {kind}, not {wanted}: fetch the published file again")
_FOR_DIGITS = {
    **dict.fromkeys(("picture", "foreign picture", "arrays", "office", "json", "table"), _FETCH),
    **dict.fromkeys(("text", "moment", "code", "encoding", "other"), _FETCH),
    "page": mark("is {kind} that was saved in place of the file: fetch the file again"),
    "empty": mark("is {kind}: fetch the published file again"),
    "gzip": mark("is {kind}: unpack it"),
}


def _sentence(kind: Kind, own: dict[str, str], wanted: str) -> str:
    sentence = own.get(kind.family, _STEPS[kind.family])
    return say(sentence, kind=say(kind.name), wanted=say(wanted))


def _is_word(mark: bytes) -> bool:
    return len(mark) <= 4 and mark.isalnum()


def _container(head: bytes) -> str | None:
    """The kind of what needs more than its first bytes to be told; None for anything else."""
    key = None
    if head.startswith(b"PK\x03\x04"):
        key = _zip_kind(head)
    elif head[:4] == b"RIFF" and len(head) >= 12:
        key = "webp" if head[8:12] == b"WEBP" else "media"
    elif head[4:8] == b"ftyp":
        key = _boxed_kind(head)
    elif head[257:262] == b"ustar":
        key = "tar"
    elif head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        key = "bmp"
    elif head[:2] == b"\0\0" and len(head) >= 4 and head[2] in _IDX_TYPES:
        key = "idx" if 1 <= head[3] <= _MAX_IDX_DIMENSIONS else None
    elif re.match(rb"\x80[\2-\5]|\([dlt]p\d|c[\w.]+\n\w+\n", head):
        key = "pickle"
    elif re.match(rb"P[1-6]\s[\s#\d]", head):
        key = "pnm"
    return key


def _zip_kind(head: bytes) -> str:
    """What a ZIP archive is by the name of its first file."""
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    if first.endswith(b".npy"):
        return "npz"
    if first == b"[Content_Types].xml":
        return "office"
    return "opendocument" if first == b"mimetype" else "zip"


def _boxed_kind(head: bytes) -> str:
    """What a file of ISO boxes is by the brands that it names."""
    end = min(int.from_bytes(head[:4], "big"), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
    if any(brand in _AVIF_BRANDS for brand in brands):
        return "avif"
    return "heic" if any(brand in _HEIC_BRANDS for brand in brands) else "media"


def _text_of(head: bytes) -> str | None:
    """The beginning of a text; None for what is none. A letter may be cut off at the end."""
    try:
        decoder = codecs.getincrementaldecoder(encoding_of(head))()
        text = decoder.decode(head, final=len(head) < HEAD_BYTES)
    except UnicodeDecodeError:
        return None
    return None if re.search(r"[\0-\x08\x0e-\x1a\x1c-\x1f]", text) else text


def _not_text(head: bytes) -> str:
    """Bytes that are no text in Unicode: perhaps a text of earlier times."""
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    letters = sum(32 <= byte < 127 for byte in head)
    return "old_encoding" if not control and letters >= len(head) / 2 else "binary"


def _text_kind(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n").lower()
    if not start:
        return "empty"
    if re.match(r"(<!--.*?-->\s*)*<(!doctype html|html|head|body|script)\b", start, re.DOTALL):
        return "html"
    if start.startswith(("<?xml", "<svg", "<!doctype")):
        tag = re.search(r"<(svg|html)\b", start)
        return {"svg": "svg", "html": "html"}.get(tag[1] if tag else "", "xml")
    # A text with brackets around it may be either; one of an experiment may speak of moments.
    if start[0] in "{[":
        return "moment" if start[0] == "[" and holds_moment(start) else "json"
    return _plain_kind(text, start)


def _plain_kind(text: str, start: str) -> str:
    if holds_moment(start):
        return "moment"
    if re.match(r"(#!.*python|import \w|from \w[\w.]* import |def \w+\(|class \w+[(:])", start):
        return "python"
    return "table" if _is_table(text) else "text"


def _is_table(text: str) -> bool:
    """Whether every line but the last, which may be cut, has equally many cells, two or more."""
    lines = [line for line in text.splitlines() if line.strip()]
    whole = lines[:-1] if len(lines) > 2 else lines
    for separator in "\t;,":
        counts = {line.count(separator) for line in whole}
        if len(whole) > 1 and len(counts) == 1 and counts.pop() > 0:
            return True
    return False

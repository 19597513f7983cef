"""A moment as text, and a text from anywhere read for one.

    [Weightbench moment 1: eNpTUlJKzs8rSc0rKbYCAB…]

The letters after the colon are base64 (RFC 4648, without padding) of four bytes of checksum (CRC-32
of what follows) and the JSON text of the experiment, compressed as of RFC 1950 with a dictionary of
what every such text has. Whatever is put between them on the way, such as line breaks, blanks of
any kind and the marks of a quotation, is passed over.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from itertools import islice

from model.door import say
from model.errors import ExperimentError

# What a messenger carries, and what is looked through for a moment.
MAX_TEXT, MAX_READ = 200_000, 4_000_000
# Of what is made of it again.
MAX_JSON = 8_000_000
_VERSION = 1
_LINE = 76
_START = re.compile(r"\[weightbenchmoment(\d{1,3}):", re.IGNORECASE)
# The same in a text as it is. Each case of a letter is named: this is searched a hundred times as
# fast as a text is made of its letters alone.
_NO_LETTER = r"[^A-Za-z0-9+/:\[\]]*"
_NUMBER = rf"[0-9](?:{_NO_LETTER}[0-9]){{0,2}}"
_WORDS = (f"[{letter}{letter.upper()}]" for letter in "weightbenchmoment")
_START_AS_IT_IS = re.compile(_NO_LETTER.join([r"\[", *_WORDS, _NUMBER, ":"]))
_BRACKET = re.compile(r"[\[\]]")
_MAX_TRIED = 20
# What is neither of the frame nor of the letters between.
_NOISE = re.compile(r"[^A-Za-z0-9+/:\[\]]+")
# Never to be changed: every text of version 1 was compressed with it.
_DICTIONARY = (
    b'{"kind": "standard", "offset": [, "scale": [, "raw": [, "constant": "always 1", "view": {'
    b'"panel": "curves", "panels": ["weights": "output": 0, "speed": 5, "log": true, "pixels", '
    b'"frozen", "at": [[0, 0], [0, 1], "to": [0.5, "kind": "guest", "kind": "visit", '
    b'"kind": "inputs", "kind": "targets", "kind": "frozen", "kind": "alpha", "kind": "weights", '
    b'{"step": 10, "kind": ]},\n "session": {"length": 10, "position": 10, "edits": ['
    b'{"source": "mnist", "count": 1000},\n "weights": "zeros",\n {"source": "digits", "count": '
    b'"frozen": [[true, false, false]],\n "alpha": 0.01,\n "order": "shuffle",\n "seed": 0,\n '
    b'"order": "cycle",\n "order": "first",\n "weights": [[0.1, 0.2, -0.1]],\n "examples": {'
    b'"inputs": [[8.5, 0.65, 1.2]], "targets": [[1.0]]},\n "inputs": ["toes", "win/loss", "fans"],'
    b'\n "outputs": ["win"],\n "about": "",\n{\n "format": "weightbench/experiment",\n '
    b'"version": 1,\n "name": "'
)


class MomentError(ExperimentError):
    """A moment cannot be written as text, or read from one; the message is one sentence."""


def moment_text(json_text: str) -> str:
    """The text for a messenger, a few lines without a line break at its end.

    Raises MomentError where it would be longer than MAX_TEXT letters.
    """
    squeeze = zlib.compressobj(9, zdict=_DICTIONARY)
    packed = squeeze.compress(json_text.encode("utf-8")) + squeeze.flush()
    checksum = zlib.crc32(packed).to_bytes(4, "big")
    letters = base64.b64encode(checksum + packed).decode("ascii").rstrip("=")
    whole = f"[Weightbench moment {_VERSION}: {letters}]"
    if len(whole) > MAX_TEXT:
        raise MomentError(
            say(
                "This experiment is too large for a message ({n:,} letters, at most {most:,}): "
                "save it as a file and send that.",
                n=len(whole),
                most=MAX_TEXT,
            )
        )
    return "\n".join(whole[at : at + _LINE] for at in range(0, len(whole), _LINE))


def holds_moment(text: str) -> bool:
    """Whether a moment begins in a text, whole or not."""
    return _START_AS_IT_IS.search(text, 0, MAX_READ) is not None


def moment_in(text: str) -> str:
    """The JSON text of the first whole moment in a text.

    Raises MomentError where there is none, or it is not as it was copied.
    """
    packed = _packed(text)
    expand = zlib.decompressobj(zdict=_DICTIONARY)
    try:
        content = expand.decompress(packed, MAX_JSON + 1)
    except zlib.error as error:
        raise MomentError(_damaged()) from error
    if len(content) > MAX_JSON:
        raise MomentError(say("The moment holds more than {most:,} letters.", most=MAX_JSON))
    if not expand.eof or expand.unused_data:
        raise MomentError(_damaged())
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MomentError(_damaged()) from error


def _packed(text: str) -> bytes:
    """The compressed bytes that a text holds, which are those that were copied."""
    kept = _NOISE.sub("", text[:MAX_READ])
    fault: MomentError | None = None
    # Where one is quoted in part, the whole one may follow.
    for start in islice(_START.finditer(kept), _MAX_TRIED):
        try:
            return _checked(int(start[1]), kept, start.end())
        except MomentError as error:
            fault = fault or error
    raise fault or MomentError(
        say("There is no moment in this text: one begins with “[Weightbench moment”.")
    )


def _checked(version: int, kept: str, begin: int) -> bytes:
    """The bytes of the letters from a place on, up to the next bracket."""
    if version != _VERSION:
        raise MomentError(
            say("This moment was copied from a newer Weightbench: open it with that one.")
        )
    end = _BRACKET.search(kept, begin)
    if end is None or end[0] == "[":
        raise MomentError(
            say(
                "The moment in this text breaks off: copy all of it, from “[Weightbench moment” "
                "to the closing “]”."
            )
        )
    letters = kept[begin : end.start()]
    try:
        content = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except binascii.Error as error:
        raise MomentError(_damaged()) from error
    checksum, packed = content[:4], content[4:]
    if zlib.crc32(packed).to_bytes(4, "big") != checksum:
        raise MomentError(_damaged())
    return packed


def _damaged() -> str:
    return say(
        "The moment in this text is not as it was copied, some of its letters are missing or "
        "changed: copy it again."
    )

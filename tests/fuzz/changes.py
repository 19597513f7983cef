"""Changes bytes at random: bit by bit, number by number, in pieces, and JSON by its structure."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

# What programs that read get wrong most often.
NUMBERS = (
    b"0", b"-0", b"1", b"-1", b"255", b"256", b"65536", b"2147483647", b"2147483648",
    b"4294967296", b"9007199254740993", b"1e308", b"-1e308", b"1e309", b"1e-320", b"0.1", b"1e400",
    b"NaN", b"Infinity", b"-Infinity", b"1" * 400, b"0x10", b"1_000", "½".encode(), "٣".encode(),
)  # fmt: skip
TEXTS = (
    b"", b"\0", b"\n", b"\r\n", b"\t", b" ", b"\xff", b"\xef\xbb\xbf", "\u202e".encode(),
    "\u2028".encode(), b"%s", b"{}", b"{0}", b"<b>", b"../", b"/dev/zero", b'"', b"\\", b"'",
    b"\\ud800", "é".encode(), "🙂".encode(), b"A" * 3000, b"[" * 300, b"{" * 300,
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**70, 0.5, -0.0, 1e308, 1e-320, "", "a", "A" * 70,
    "\ud800", "\u202e", "zeros", [], [[]], [1], [[1]], [None], ["a"], {}, {"a": 1}, [1] * 50,
    10**400, "weight", "fastest", "none",
)  # fmt: skip
_number = re.compile(rb"-?\d+(\.\d+)?(e[-+]?\d+)?")
_HEAD = 64


def changed(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The same with one to six changes; ``others`` are inputs to take pieces from."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        change = chance.choice(_CHANGES)
        content = change(content, others, chance)
    return content


def changed_json(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """As ``changed``, but more often by the structure of what is written there."""
    if chance.random() < 0.3:
        return changed(content, others, chance)
    data = _parsed(content)
    if data is None:
        return changed(content, others, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change_within(data, chance)
    return json.dumps(data).encode("utf-8", "surrogatepass")


def _parsed(content: bytes) -> Any:
    """What it says; None where that is no JSON, and where there is nothing in it."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict | list) and data else None


def _change_within(data: Any, chance: random.Random) -> None:
    """Replace, take away, double or wrap something somewhere in it."""
    holder = data
    while True:
        places = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not places:
            return
        place = chance.choice(places)
        inner = holder[place]
        if not (isinstance(inner, dict | list) and inner) or chance.random() < 0.3:
            break
        holder = inner
    deed = chance.randrange(8)
    if deed > 4 and type(inner) in (int, float) and abs(inner) < 1e300:
        # Near enough to be taken, mostly.
        holder[place] = chance.choice((-inner, inner + 1, inner - 1, inner / 3, 0, 1, 10**12))
    elif deed == 0:
        del holder[place]
    elif deed == 1 and isinstance(holder, list):
        holder.insert(place, deepcopy(inner))
    elif deed == 1:
        key = chance.choice(("", "name", "\u202e", "A" * 80, "version"))
        holder[key] = deepcopy(inner)
    elif deed == 2:
        holder[place] = [inner]
    else:
        # A copy: it may be changed in its turn.
        holder[place] = deepcopy(chance.choice(ODD_VALUES))


def _flip(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    if not content:
        return b"\0"
    at = _place(content, chance)
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def _put_byte(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = _place(content, chance)
    byte = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return content[:at] + bytes([byte]) + content[at + 1 :]


def _put_integer(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at, size = _place(content, chance), chance.choice((2, 4, 4, 8))
    value = chance.choice((0, 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 300, 5000))
    value &= (1 << 8 * size) - 1
    number = (
        value.to_bytes(size, "big") if chance.random() < 0.5 else value.to_bytes(size, "little")
    )
    return content[:at] + number + content[at + size :]


def _put_number(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    found = list(_number.finditer(content[:20_000]))
    if not found:
        return _insert(content, others, chance)
    one = chance.choice(found)
    return content[: one.start()] + chance.choice(NUMBERS) + content[one.end() :]


def _insert(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = _place(content, chance)
    return content[:at] + chance.choice((*TEXTS, *NUMBERS)) + content[at:]


def _remove(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = _place(content, chance)
    return content[:at] + content[at + chance.choice((1, 1, 2, 4, 40, 400)) :]


def _cut(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _double(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, length = _place(content, chance), chance.choice((1, 2, 4, 13, 100))
    n = chance.choice((1, 1, 2, 50))
    return content[: start + length] + content[start : start + length] * n + content[start:]


def _exchange(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    one, other = sorted((_place(content, chance), _place(content, chance)))
    middle = content[other : other + other - one]
    return content[:one] + middle + content[one:other] + content[other + len(middle) :]


def _mix(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    start = _place(other, chance)
    piece = other[start : start + chance.choice((4, 20, 100, 1000))]
    at = _place(content, chance)
    return content[:at] + piece + content[at + chance.choice((0, len(piece))) :]


def _place(content: bytes, chance: random.Random) -> int:
    """A place in it, as often in its head as in all the rest."""
    end = len(content) if chance.random() < 0.5 else min(_HEAD, len(content))
    return chance.randrange(max(1, end))


_Change = Callable[[bytes, Sequence[bytes], random.Random], bytes]
_CHANGES: tuple[_Change, ...] = (
    _flip, _put_byte, _put_integer, _put_number, _insert, _remove, _cut, _double, _exchange, _mix,
)  # fmt: skip

"""The encodings that a table can be in: known without all that reads tables."""

from __future__ import annotations

from typing import Literal, get_args

Encoding = Literal["utf-8", "utf-16", "utf-32", "windows-1252"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)

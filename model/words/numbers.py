"""How numbers are written and read on screen: one way for every panel."""

from __future__ import annotations

import math
import re
import unicodedata

from model.door import has_decimal_comma, mark, say, written

# The sign as it is printed: as wide as a plus, where a hyphen would be short.
MINUS = "\u2212"
# What is written for a number that is not to be seen yet, which is NaN.
HIDDEN = "?"


def short(value: float, digits: int = 4) -> str:
    """A number in few figures that keep their places while it changes.

    Fixed decimals where that says something; powers of ten for the very large and small.
    """
    if value == 0:
        return written(f"{0:.{digits}f}")
    if math.isnan(value):
        return HIDDEN
    size = abs(value)
    if size >= 1e6 or size < 0.5 * 10**-digits:
        return _minus(f"{value:.2e}")
    decimals = max(0, digits - max(0, int(math.log10(size)) - 1 if size >= 100 else 0))
    return _minus(f"{value:.{decimals}f}")


def short_or_zero(value: float) -> str:
    """The same, without decimals where it is exactly 0."""
    return short(value) if value else "0"


def signed(value: float, digits: int = 4) -> str:
    """The same with a sign before positive numbers."""
    return ("+" if value > 0 else "") + short(value, digits)


def sign_role(value: float) -> str:
    """The name of the colour of a number by its sign: positive, negative, or ink for zero."""
    return "positive" if value > 0 else "negative" if value < 0 else "ink"


def plain(value: float, digits: int = 6) -> str:
    """As a person would write it, without needless zeros: 8.5, 0.65, 0.3."""
    if math.isnan(value):
        return HIDDEN
    return _minus(f"{value:.{digits}g}") if value else "0"


def percent(part: float) -> str:
    """A part of 1 in percent; all of it is only said where it is all."""
    if math.isnan(part):
        return HIDDEN
    shown = min(100 * part, 99.9) if part < 1 else 100.0
    return written(f"{shown:.1f} %")


def exact(value: float) -> str:
    """Every figure there is, so that what is typed back is the same number."""
    return HIDDEN if math.isnan(value) else written(repr(float(value)).removesuffix(".0"))


def parse(text: str, decimal_comma: bool | None = None) -> float:
    """The finite number that a text says, in any of the ways in which people write one.

    0.3 and 0,3; 1 000 and 1.000,5 in groups of three; 1/3, 1 1/2 and ½; 65 %; -1e-3 with any
    minus sign; digits of any script. A point that stands alone is always a decimal one.
    ``decimal_comma`` says that a comma is, too, even before three figures, where 1,234 may mean
    two numbers; None is as the language in force has it, for what a person types.

    Raises ValueError with one sentence for a person where it is no number, may be two, or is
    several.
    """
    values = parse_row(text, decimal_comma)
    if len(values) > 1:
        raise ValueError(
            say(
                "{quoted} holds {n_values:,} numbers, and only one has a place here",
                quoted=_quoted(text),
                n_values=len(values),
            )
        )
    return values[0]


def parse_row(text: str, decimal_comma: bool | None = None) -> tuple[float, ...]:
    """The numbers in a text, one or more: what is copied from a table, a list or a column.

    Each is read as `parse` reads it. Between them stand tabs, line ends, semicolons, blanks, or
    commas; [ ] or ( ) may stand around them.

    Raises ValueError with one sentence for a person.
    """
    if len(text) > _MAX_TEXT_LETTERS:
        raise ValueError(
            say("{quoted} is too long for numbers", quoted=_quoted(text[:_MAX_TEXT_LETTERS]))
        )
    plain_text = in_plain_letters(text)
    lines = [line for line in re.split(r"[\n\r\v\f\x85\u2028\u2029]+", plain_text) if line.strip()]
    rows = [_cells(line) for line in lines]
    if len(rows) > 1 and any(len(row) > 1 for row in rows):
        raise ValueError(
            say("{quoted} holds several rows of numbers: copy one of them", quoted=_quoted(text))
        )
    cells = [cell for row in rows for cell in row]
    if not cells:
        raise ValueError(say("{quoted} is not a number", quoted=_quoted(text)))
    comma = has_decimal_comma() if decimal_comma is None else decimal_comma
    return tuple(_number(cell, text, comma) for cell in cells)


# A row that is longer than this fills nothing here.
_MAX_TEXT_LETTERS = 100_000
_MINUSES = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_SPACES = "\u00a0\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# What says which way text runs, or marks its beginning, and is not seen.
_UNSEEN = "\u200b\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff"
_LETTERS = {
    **dict.fromkeys(_MINUSES, "-"),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_UNSEEN, ""),
    "\u066b": ",",
    "\u066c": " ",
    "\uff0c": ",",
    "\uff0e": ".",
    "\uff0b": "+",
    "\u2044": "/",
    "\u2215": "/",
    "\uff0f": "/",
    "\u066a": "%",
    "\uff05": "%",
}
_SIGN = r"[-+]?"
_GROUPED = r"[1-9]\d{0,2}(?: \d{3})+"
_DECIMAL = re.compile(
    rf"(?P<sign>{_SIGN}) ?(?P<size>(?:(?:{_GROUPED}|\d+)(?:[.,]\d*)?|[.,]\d+)(?:e{_SIGN}\d+)?)"
    r"(?P<percent> ?%)?",
    re.IGNORECASE,
)
_TWO_SEPARATORS = re.compile(rf"{_SIGN} ?[1-9]\d{{0,2}}(?:(?:,\d{{3}})+\.\d*|(?:\.\d{{3}})+,\d+)")
_FRACTION = re.compile(rf"(?P<sign>{_SIGN}) ?(?:(?P<whole>\d+) )?(?P<part>\d+) ?/ ?(?P<of>\d+)")
_TWO_WAYS = re.compile(rf"{_SIGN}[1-9]\d{{0,2}}(?:,\d{{3}})+")


def in_plain_letters(text: str) -> str:
    """The same with the digits, signs and blanks of every script as those of ASCII."""
    letters = []
    for letter in text:
        digit = unicodedata.decimal(letter, None)
        parts = unicodedata.normalize("NFKC", letter) if letter not in _LETTERS else ""
        if digit is not None:
            letters.append(str(digit))
        elif "\u2044" in parts:  # a fraction in one letter, also right behind a whole number
            letters.append(f" {parts.replace(chr(0x2044), '/')}")
        else:
            letters.append(_LETTERS.get(letter, letter))
    return "".join(letters).strip()


def cells_of(line: str) -> list[str]:
    """The parts of a line that are each to be a number, as `parse_row` takes them apart.

    An empty list where nothing that can be seen stands in it.
    """
    plain = in_plain_letters(line)
    return _cells(plain) if plain else []


def _cells(line: str) -> list[str]:
    """The parts of a line that are each to be a number."""
    line = line.strip()
    # One number in round brackets is a negative one to some, and an aside to others.
    if line[0] + line[-1] == "[]" or re.fullmatch(r"\(.*[, ].*\)", line):
        line = line[1:-1].strip().removesuffix(",")
    for separator in ("\t", ";", ", "):
        if separator in line:
            return [cell.strip() for cell in line.removesuffix(separator.strip()).split(separator)]
    line = re.sub(" +", " ", line)
    if _is_one(line):
        return [line]
    if " " in line and "/" not in line:  # 1 1/2 3 may be two numbers, and may be three
        return line.split(" ")
    # One comma is a decimal one, and one that parts thousands is asked about.
    in_commas = line.split(",")
    several = len(in_commas) > 2 or (len(in_commas) == 2 and "." in line)
    return in_commas if several and all(map(_is_one, in_commas)) else [line]


def _is_one(cell: str) -> bool:
    patterns = (_DECIMAL, _FRACTION, _TWO_SEPARATORS, _TWO_WAYS)
    return any(pattern.fullmatch(cell) for pattern in patterns)


def _number(cell: str, text: str, decimal_comma: bool) -> float:
    """The number in one cell of a text."""
    is_decimal = decimal_comma and cell.count(",") == 1
    if _TWO_WAYS.fullmatch(cell) and not is_decimal:
        raise ValueError(
            say("{quoted} could mean two numbers: type it without the comma", quoted=_quoted(text))
        )
    value = _value(cell)
    if value is None:
        of_no_size = re.fullmatch(rf"{_SIGN}(nan|inf(inity)?)", cell, re.IGNORECASE)
        sentence = (
            mark("{quoted} is not a finite number")
            if of_no_size
            else mark("{quoted} is not a number")
        )
        raise ValueError(say(sentence, quoted=_quoted(text)))
    if not math.isfinite(value):
        raise ValueError(say("{quoted} is not a finite number", quoted=_quoted(text)))
    return value


def _value(cell: str) -> float | None:
    """The number in a cell; infinite or NaN where it has no size; None where it is no number."""
    if _TWO_SEPARATORS.fullmatch(cell):
        decimal = max(cell.rfind("."), cell.rfind(","))
        whole = re.sub("[., ]", "", cell[:decimal])
        return float(f"{whole}.{cell[decimal + 1 :]}")
    found = _DECIMAL.fullmatch(cell)
    if found:
        value = float(found["sign"] + found["size"].replace(" ", "").replace(",", "."))
        return value / 100 if found["percent"] else value
    found = _FRACTION.fullmatch(cell)
    if not found:
        return None
    units, part, of = (float(found[name] or 0) for name in ("whole", "part", "of"))
    size = units + part / of if of else math.nan
    return -size if found["sign"] == "-" else size


def _quoted(text: str) -> str:
    """A text that was given, as much of it as fits a sentence."""
    shown = " ".join(text.split())
    return f"“{shown[:40]}”"


def _minus(text: str) -> str:
    return written(text).replace("-", MINUS)

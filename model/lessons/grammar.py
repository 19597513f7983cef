"""How an expression is read: what may stand where, and what is said where it may not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import NoReturn

from model.door import mark, say
from model.lessons.expressions import SLIP, Call, Ever, Expression, Name, Number, Tree
from model.lessons.quantities import QUANTITIES, ExpressionError, Quantity

MAX_LETTERS = 400
MAX_NESTING = 20
MAX_STEPS = 10_000
MAX_WHAT_IF_STEPS = 1_000
_QUOTED = 40

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)
      | (?P<word>[^\W\d]\w*)
      | (?P<text>"[^"\n]*")
      | (?P<sign><=|>=|==|!=|~=|[-+*/<>()\[\].,])
    )""",
    re.VERBOSE | re.ASCII,
)
_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=", "~=")
_FUNCTIONS = {"abs": (1, 1), "min": (2, 8), "max": (2, 8)}
# Words that stand for themselves, and so are no names of what-ifs.
RESERVED = frozenset(
    ("and", "or", "not", "ever", "start", "at", "now", "you", "slip", *_FUNCTIONS, *QUANTITIES)
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression that a text says.

    Raises ExpressionError, with one sentence that names what is wrong and what would be right.
    """
    if len(text) > MAX_LETTERS:
        raise ExpressionError(
            say(
                "an expression has at most {most} letters, and “{text}” has {n:,}",
                most=MAX_LETTERS,
                text=shortened(text),
                n=len(text),
            )
        )
    reader = _Reader(text, _tokens(text))
    found = reader.whole()
    return Expression(text.strip(), found.tree, found.truth)


def shortened(text: str) -> str:
    """A text on one line that is no longer than a quotation may be."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def not_known(name: str, known: Iterable[str], near: str, otherwise: str) -> str:
    """Say that nothing has that name: which one may be meant, or else which names there are.

    Both sentences have the slot ``name``; that with one that is ``near`` has it, the other one may
    have ``names``.
    """
    lowered = {one.casefold(): one for one in known}
    found = get_close_matches(name.casefold(), lowered, 1)
    if found:
        return say(near, name=shortened(name), near=lowered[found[0]])
    return say(otherwise, name=shortened(name), names=", ".join(lowered.values()))


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True)
class _Part:
    """A part that was read, whether it is a truth, and its words for a fault."""

    tree: Tree
    truth: bool


_END = _Token("end", "")


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        found = _TOKEN.match(stripped, at)
        if found is None:
            raise ExpressionError(
                say(
                    "“{letter}” has no meaning in “{text}”: an expression is made of numbers, "
                    "names, + - * / < <= > >= == != ~=, and, or, not, abs, min, max",
                    letter=stripped[at:].lstrip()[:1],
                    text=shortened(text),
                )
            )
        tokens.append(_Token(found.lastgroup or "", found[0].strip()))
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens from left to right, one way for each level of binding."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> _Part:
        found = self._either()
        if self._next is not _END:
            self._fault(say("“{found}” is not expected", found=self._next.text))
        return found

    # -- tokens --------------------------------------------------------------------------------

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _take(self, *texts: str) -> str | None:
        """Go on if the next token is one of these."""
        token = self._next
        if token.kind in ("sign", "word") and token.text in texts:
            self._at += 1
            return token.text
        return None

    def _expect(self, text: str) -> None:
        if self._take(text) is None:
            self._missing(say("“{wanted}”", wanted=text))

    def _missing(self, wanted: str) -> NoReturn:
        if self._next is _END:
            self._fault(say("{wanted} is expected where it ends", wanted=wanted))
        found = shortened(self._next.text)
        self._fault(say("{wanted} is expected before “{found}”", wanted=wanted, found=found))

    def _fault(self, problem: str) -> NoReturn:
        raise ExpressionError(
            say("in “{text}”: {problem}", problem=problem, text=shortened(self._text))
        )

    def _deeper(self, read: Callable[[], _Part]) -> _Part:
        self._depth += 1
        if self._depth > MAX_NESTING:
            self._fault(say("more than {most} brackets or signs in each other", most=MAX_NESTING))
        found = read()
        self._depth -= 1
        return found

    # -- truths --------------------------------------------------------------------------------

    def _either(self) -> _Part:
        return self._joined("or", self._both)

    def _both(self) -> _Part:
        return self._joined("and", self._not)

    def _joined(self, word: str, part: Callable[[], _Part]) -> _Part:
        found = part()
        while self._take(word):
            second = part()
            self._need_truth(found, word)
            self._need_truth(second, word)
            found = _Part(Call(word, (found.tree, second.tree)), truth=True)
        return found

    def _not(self) -> _Part:
        if self._take("not"):
            found = self._deeper(self._not)
            self._need_truth(found, "not")
            return _Part(Call("not", (found.tree,)), truth=True)
        return self._comparison()

    def _comparison(self) -> _Part:
        found = self._sum()
        sign = self._take(*_COMPARISONS)
        if sign is None:
            return found
        second = self._sum()
        self._need_number(found, sign)
        self._need_number(second, sign)
        if self._next.kind == "sign" and self._next.text in _COMPARISONS:
            self._fault(say("a comparison has two sides: join two of them with “and”"))
        return _Part(Call(sign, (found.tree, second.tree)), truth=True)

    def _need_truth(self, part: _Part, beside: str) -> None:
        if not part.truth:
            self._fault(
                say("beside “{word}” stands a number, and a comparison belongs there", word=beside)
            )

    def _need_number(self, part: _Part, beside: str) -> None:
        if part.truth:
            self._fault(
                say("beside “{word}” stands a comparison, and a number belongs there", word=beside)
            )

    # -- numbers -------------------------------------------------------------------------------

    def _sum(self) -> _Part:
        return self._worked(("+", "-"), self._product)

    def _product(self) -> _Part:
        return self._worked(("*", "/"), self._signed)

    def _worked(self, signs: tuple[str, ...], part: Callable[[], _Part]) -> _Part:
        found = part()
        while sign := self._take(*signs):
            second = part()
            self._need_number(found, sign)
            self._need_number(second, sign)
            found = _Part(Call(sign, (found.tree, second.tree)), truth=False)
        return found

    def _signed(self) -> _Part:
        if self._take("-"):
            found = self._deeper(self._signed)
            self._need_number(found, "-")
            return _Part(Call("negative", (found.tree,)), truth=False)
        return self._single()

    def _single(self) -> _Part:
        token = self._next
        if token.kind == "number":
            self._at += 1
            return _Part(Number(self._typed(token.text)), truth=False)
        if self._take("("):
            found = self._deeper(self._either)
            self._expect(")")
            return found
        if token.kind != "word" or token.text in ("and", "or"):
            self._missing(say("a number or a name"))
        self._at += 1
        if token.text in _FUNCTIONS:
            return self._function(token.text)
        if token.text == "ever":
            return self._ever()
        return self._named(token.text)

    def _typed(self, text: str) -> float:
        number = float(text)
        if not math.isfinite(number):
            self._fault(say("“{number}” is too large for a number", number=shortened(text)))
        return number

    def _function(self, name: str) -> _Part:
        self._expect("(")
        parts = [self._argument(name)]
        while self._take(","):
            parts.append(self._argument(name))
        self._expect(")")
        least, most = _FUNCTIONS[name]
        if not least <= len(parts) <= most:
            self._fault(
                say("{name} takes {least} to {most} numbers", name=name, least=least, most=most)
                if most > 1
                else say("{name} takes one number", name=name)
            )
        return _Part(Call(name, tuple(part.tree for part in parts)), truth=False)

    def _argument(self, name: str) -> _Part:
        part = self._deeper(self._either)
        self._need_number(part, name)
        return part

    def _ever(self) -> _Part:
        self._expect("(")
        begun = self._at
        found = self._deeper(self._either)
        self._need_truth(found, "ever")
        source = " ".join(token.text for token in self._tokens[begun : self._at])
        self._expect(")")
        return _Part(Ever(Expression(source, found.tree, is_truth=True)), truth=True)

    # -- names ---------------------------------------------------------------------------------

    def _named(self, word: str) -> _Part:
        if word in ("start", "at"):
            step = self._step(word, MAX_STEPS)
            self._expect(".")
            return self._quantity("page", step, self._word())
        if word == "you":
            self._expect(".")
            return _Part(Name("you", 0, self._word()), truth=False)
        if word == "slip":
            self._expect(".")
            return self._in_future(f"{SLIP}{self._word()}")
        if word == "now":
            self._expect(".")
            return self._quantity("now", 0, self._word())
        if self._next == _Token("sign", ".") and word not in QUANTITIES:
            return self._in_future(word)
        return self._quantity("", 0, word)

    def _in_future(self, future: str) -> _Part:
        self._expect(".")
        word, step = self._word(), 0
        if word in ("start", "at"):
            step = self._step(word, MAX_WHAT_IF_STEPS)
            self._expect(".")
            word = self._word()
        return self._quantity(future, step, word)

    def _word(self) -> str:
        token = self._next
        if token.kind != "word":
            self._missing(say("a name"))
        self._at += 1
        return token.text

    def _step(self, word: str, most: int) -> int:
        if word == "start":
            return 0
        self._expect("(")
        token = self._next
        if token.kind != "number" or not token.text.isdecimal():
            self._fault(say("at is written like at(3), with a whole number of steps"))
        self._at += 1
        if len(token.text) > 9 or int(token.text) > most:
            self._fault(
                say(
                    "at({step}) is further than the {most:,} steps that can be looked ahead",
                    step=shortened(token.text),
                    most=most,
                )
            )
        self._expect(")")
        return int(token.text)

    def _quantity(self, future: str, step: int, word: str) -> _Part:
        quantity = QUANTITIES.get(word)
        if quantity is None:
            self._fault(_unknown(word))
        opening, closing = ("(", ")") if quantity.call else ("[", "]")
        members: tuple[str, ...] = ()
        if quantity.members and (not quantity.optional or self._next.text == opening):
            if self._take(opening) is None:
                self._fault(_needs_members(word, quantity))
            members = self._members()
            if self._take(closing) is None or len(members) != len(quantity.members):
                self._fault(_needs_members(word, quantity))
        elif not quantity.members and self._next.text in ("[", "("):
            self._fault(say("{name} stands without brackets", name=word))
        return _Part(Name(future, step, word, members), truth=quantity.truth)

    def _members(self) -> tuple[str, ...]:
        found = []
        while True:
            token = self._next
            if token.kind not in ("word", "text") and not token.text.isdecimal():
                self._missing(say("a name"))
            self._at += 1
            found.append(token.text.strip('"') if token.kind == "text" else token.text)
            if not self._take(","):
                return tuple(found)


def _needs_members(word: str, quantity: Quantity) -> str:
    if quantity.call:
        inside = ", ".join("ab"[: len(quantity.members)])
        return say("{name} is written like {name}({inside})", name=word, inside=inside)
    kind = quantity.members[0]
    example = {"input": "toes", "output": "win", "weight": "a"}.get(kind, "a")
    return say(
        '{name} is written like {name}[{example}] or {name}["…"]', name=word, example=example
    )


def _unknown(word: str) -> str:
    return not_known(
        word, QUANTITIES,
        mark("there is no number called “{name}”, did you mean “{near}”?"),
        mark("there is no number called “{name}”: they are {names}"),
    )  # fmt: skip

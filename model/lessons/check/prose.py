"""Whether texts say only what was computed: no typed numbers, no comparison without a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from model.door import say
from model.lessons.grammar import shortened
from model.lessons.lesson import (
    Block,
    Claim,
    Lesson,
    LessonError,
    Observe,
    Predict,
    Prose,
    Text,
)
from model.lessons.names import texts_of
from model.lessons.scopes import Reference, Scopes, truth
from model.lessons.templates import plain_text

# Signs of Markdown; what stands inside a name, as in weight_delta, is none.
_MARKUP = re.compile(r"[*`]|(?<![^\W_])_|_(?![^\W_])")
# A digit that belongs to a name, as in a1 or F5, is no number.
_DIGIT = re.compile(r"(?<![A-Za-z_])[\d½¼¾⅓⅔]+(?:[.,]\d+)*")
_COMPARING = re.compile(
    r"""\b(?:
        more | less | fewer | most | least | never | always | only | twice | half | double
      | better | best | worse | worst | further | farther
      | (?:larg|bigg|small|great|high|low|steep|flatt|loud|quiet|strong|weak|fast|slow|clos|near
          |short|hard|eas(?=i)|quick|wid|narrow)i?(?:er|est)
      | longer | longest
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_COMPARISON = re.compile(r"no longer|once more|any more|half-?way", re.IGNORECASE)


def prose_faults(lesson: Lesson) -> Iterator[LessonError]:
    """Numbers that were typed, claims that do not hold, and comparisons that nobody claims."""
    yield from _typed_numbers(lesson)
    texts = [_Plain(text) for text in _comparing_texts(lesson)]
    for claim in lesson.claims:
        yield from _claim(lesson, claim, texts)
    for text in texts:
        for word, line in text.unclaimed():
            yield LessonError(
                lesson.name,
                line,
                say(
                    "“{sentence}” compares (“{word}”), and no [[claim]] quotes that in its says, "
                    "with what must hold",
                    sentence=shortened(text.around(word)),
                    word=word[0],
                ),
            )


# -- typed numbers -----------------------------------------------------------------------------


def _typed_numbers(lesson: Lesson) -> Iterator[LessonError]:
    texts = [
        Text(lesson.title, lesson.lines.get("title", 1)),
        Text(lesson.about, lesson.lines.get("about", 1)),
    ]
    for page in lesson.pages:
        texts.append(Text(page.title, page.line))
        texts.extend(text for block in page.blocks for text in texts_of(block))
    for text in texts:
        plain = plain_text(text)
        found = _DIGIT.search(plain)
        if found is not None:
            yield LessonError(
                lesson.name,
                text.line + plain.count("\n", 0, found.start()),
                say(
                    "the number “{number}” is typed: write it in words or as {example}, so that "
                    "it is computed",
                    number=shortened(found[0]),
                    example="{{ start.delta }}",
                ),
            )


# -- comparisons -------------------------------------------------------------------------------


def _comparing_texts(lesson: Lesson) -> Iterator[Text]:
    """The texts that say what is so: not wrong choices, instructions, hints or notes."""
    for page in lesson.pages:
        for block in page.blocks:
            yield from _said(block)


def _said(block: Block) -> Iterator[Text]:
    if isinstance(block, Prose):
        yield block.text
    elif isinstance(block, Predict | Observe):
        for choice in block.choices:
            if choice.right:
                yield choice.text
            if choice.say is not None:
                yield choice.say
        if isinstance(block, Predict):
            yield from (wrong.say for wrong in block.wrongs)
            if block.say is not None:
                yield block.say


class _Plain:
    """A text without markup and in single spaces, which knows the line of each letter."""

    def __init__(self, text: Text) -> None:
        letters: list[str] = []
        self._lines: list[int] = []
        line = text.line
        plain = plain_text(text)
        for at, letter in enumerate(plain):
            if letter == "\n":
                line += 1
            if _MARKUP.match(plain, at):
                continue
            if letter.isspace():
                if letters and letters[-1] != " ":
                    letters.append(" ")
                    self._lines.append(line)
                continue
            letters.append(letter)
            self._lines.append(line)
        self.text = "".join(letters)
        self._claimed: list[tuple[int, int]] = []

    def claim(self, words: str) -> bool:
        """Note where these words stand; returns whether they do."""
        found = False
        at = self.text.casefold().find(words)
        while at >= 0:
            found = True
            self._claimed.append((at, at + len(words)))
            at = self.text.casefold().find(words, at + 1)
        return found

    def unclaimed(self) -> Iterator[tuple[re.Match[str], int]]:
        """Words that compare and stand in no claim, each with its line."""
        none = [found.span() for found in _NO_COMPARISON.finditer(self.text)]
        for word in _COMPARING.finditer(self.text):
            spans = (*none, *self._claimed)
            if not any(start <= word.start() and word.end() <= end for start, end in spans):
                yield word, self._lines[word.start()]

    def around(self, word: re.Match[str]) -> str:
        """The words around one, from the beginning of its sentence if that is not far."""
        start = max(self.text.rfind(sign, 0, word.start()) for sign in ".?!:") + 1
        return self.text[max(start, word.start() - 25) :].strip()


def _plain_words(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split()).casefold()


def _claim(lesson: Lesson, claim: Claim, texts: list[_Plain]) -> Iterator[LessonError]:
    for words in claim.says:
        wanted = _plain_words(words)
        # All of them, not only the first: the same words may stand in several places.
        if not [text for text in texts if text.claim(wanted)]:
            yield LessonError(
                lesson.name,
                claim.line,
                say("says: “{words}” stands nowhere in the lesson", words=shortened(words)),
            )
    if claim.holds is None:
        return
    page = None if claim.page is None else lesson.page(claim.page)
    if not truth(claim.holds, Scopes(Reference(lesson, page))):
        yield LessonError(
            lesson.name,
            claim.line,
            say(
                "the claim “{says}” does not hold: {holds}",
                says=shortened(claim.says[0]),
                holds=claim.holds.source,
            ),
        )

"""What a class answered: a table of all answers, and a page of what their wrong ones reveal.

The page is ordered by misconceptions, with the sentences that were chosen, and not by marks: it is
for who prepares the next hour.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from model.classroom.answers import Answers, AnswersError, GivenAnswer, read_answers
from model.door import as_in_files, listed, mark, say, say_count, written
from model.files.saving import save_text
from model.lessons.misconceptions import MISCONCEPTIONS
from model.words import numbers

TABLE_NAME, PAGE_NAME = "answers.csv", "answers.html"
MAX_FILES = 2_000
_SURE = {
    "sure": mark("quite sure"), "think": mark("I think so"), "guess": mark("a guess"),
}  # fmt: skip
_MAX_SENTENCES = 5


@dataclass
class Collected:
    """The answers of a class, and which files could not be taken along, each with why."""

    answers: list[Answers] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass
class Revealed:
    """One misconception in a class: who had it, in which sentences, and how sure."""

    name: str
    learners: set[int] = field(default_factory=set)
    sentences: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    sure: Counter[str] = field(default_factory=Counter)

    @property
    def idea(self) -> str:
        """What who has it would say."""
        row = MISCONCEPTIONS.get(self.name)
        return say(row.idea) if row is not None else self.name


def collect(folder: Path) -> Collected:
    """Read all files of answers (.json) in a folder. Raises OSError where it cannot be looked into.

    The same file twice, under two names, counts once.
    """
    found = Collected()
    seen: set[Answers] = set()
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".json")
    for file in files[:MAX_FILES]:
        try:
            answers = read_answers(file)
        except AnswersError as error:
            found.faults.append(str(error))
            continue
        if answers in seen:
            found.faults.append(say("{file}: is the copy of another file", file=file.name))
            continue
        seen.add(answers)
        found.answers.append(answers)
    if len(files) > MAX_FILES:
        found.faults.append(
            say("{folder}: only the first {most:,} files were read", folder=folder, most=MAX_FILES)
        )
    return found


def write_collected(found: Collected, folder: Path) -> tuple[Path, Path]:
    """Write the table and the page into a folder; returns both. Raises OSError."""
    table, page = folder / TABLE_NAME, folder / PAGE_NAME
    with as_in_files():
        text = table_csv(found.answers)
    save_text(table, text)
    save_text(page, page_html(found))
    return table, page


def table_csv(all_answers: Sequence[Answers]) -> str:
    """One row for each answer of each learner."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(
        ("learner", "name", "lesson", "page", "question", "answer", "right", "misconception",
         "sure", "hints", "shown", "mark")
    )  # fmt: skip
    for number, answers in enumerate(all_answers, 1):
        pages = {page.page: page for page in answers.pages}
        for answer in answers.answers:
            page = pages.get(answer.page)
            writer.writerow(
                (
                    number, _cell(answers.name), _cell(answers.lesson), answer.page,
                    _cell(answer.question), _cell(answer.said), "yes" if answer.right else "no",
                    _cell(answer.reveals), _cell(answer.sure), page.hints if page else 0,
                    "yes" if page and page.shown else "no", page.mark if page else "",
                )
            )  # fmt: skip
    return stream.getvalue()


def _cell(text: str) -> str:
    """A text that a spreadsheet takes for no formula."""
    return f"'{text}" if text[:1] in ("=", "+", "@", "\t") or text[:2] == "-@" else text


def revealed(all_answers: Iterable[Answers]) -> list[Revealed]:
    """The misconceptions of a class, those of most learners first."""
    found: dict[str, Revealed] = {}
    for number, answers in enumerate(all_answers):
        for answer in answers.answers:
            if answer.reveals and not answer.right:
                one = found.setdefault(answer.reveals, Revealed(answer.reveals))
                one.learners.add(number)
                one.sentences[answers.title, answer.question, answer.said] += 1
                one.sure[answer.sure] += 1
    return sorted(found.values(), key=lambda one: (-len(one.learners), one.name))


def page_html(found: Collected) -> str:
    """A page that any browser shows and prints; it needs no other file and no network."""
    n = len(found.answers)
    parts = [
        f"<h1>{escape(say('What the answers reveal'))}</h1>",
        f"<p>{escape(_whose(found.answers))}</p>",
        *(_section(one, n) for one in revealed(found.answers)),
        _questions(found.answers),
        _left_out(found.faults),
    ]
    title = escape(say("What the answers reveal"))
    head = f'<!doctype html>\n<meta charset="utf-8">\n<title>{title}</title>\n{_STYLE}\n'
    return head + "\n".join(part for part in parts if part) + "\n"


def _whose(all_answers: Sequence[Answers]) -> str:
    lessons = Counter(answers.title for answers in all_answers)
    which = listed(
        say("{title} ({n:,})", title=say(title), n=count) for title, count in lessons.most_common()
    )
    if not all_answers:
        return say("No file of answers was found.")
    return say_count(
        "{n:,} file of answers: {lessons}. What is counted are learners, and not answers.",
        "{n:,} files of answers: {lessons}. What is counted are learners, and not answers.",
        len(all_answers),
        lessons=which,
    )


def _section(one: Revealed, n: int) -> str:
    share = numbers.percent(len(one.learners) / n)
    who = say("{some:,} of {n:,} learners, {share}", some=len(one.learners), n=n, share=share)
    rows = []
    for (title, asked, said), count in one.sentences.most_common(_MAX_SENTENCES):
        where = say("{title}: {question}", title=say(title), question=asked)
        rows.append(
            f"<li><q>{escape(said)}</q> × {written(f'{count:,}')}<br><small>{escape(where)}</small>"
        )
    sure = listed(
        say("{how}: {n:,}", how=say(words), n=one.sure[key])
        for key, words in _SURE.items()
        if one.sure[key]
    )
    how = ""
    if sure:
        words = say("How sure: {counts}", counts=sure)
        how = f"<p><small>{escape(words)}</small></p>"
    return (
        f"<section><h2>{escape(one.idea)}</h2><p>{escape(who)}</p>"
        f'<div class="bar"><div style="width:{100 * len(one.learners) / n:.1f}%"></div></div>'
        f"<ul>{''.join(rows)}</ul>{how}</section>"
    )


def _questions(all_answers: Sequence[Answers]) -> str:
    """How many answered each question rightly, as it was asked."""
    asked: dict[tuple[str, int, str], list[GivenAnswer]] = {}
    for answers in all_answers:
        for answer in answers.answers:
            asked.setdefault((answers.title, answer.page, answer.question), []).append(answer)
    if not asked:
        return ""
    rows = "".join(
        f"<tr><td>{escape(say(title))}<td>{page}<td>{escape(question)}"
        f"<td>{sum(answer.right for answer in given)} / {len(given)}"
        for (title, page, question), given in sorted(asked.items(), key=lambda item: item[0][:2])
    )
    heads = "".join(
        f"<th>{escape(head)}"
        for head in (say("Lesson"), say("Page"), say("Question"), say("Right"))
    )
    title = say("All questions")
    return f"<h2>{escape(title)}</h2><table><tr>{heads}{rows}</table>"


def _left_out(faults: Sequence[str]) -> str:
    if not faults:
        return ""
    rows = "".join(f"<li>{escape(fault)}" for fault in faults)
    title = say("Left out")
    return f"<h2>{escape(title)}</h2><ul>{rows}</ul>"


_STYLE = """<style>
body { font: 15px/1.45 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em } h2 { font-size: 1.1em; margin: 1.4em 0 .2em } p { margin: .2em 0 }
section { break-inside: avoid } small { color: #555 } ul { margin: .4em 0; padding-left: 1.2em }
.bar { background: #e9e9ee; height: .6em; margin: .3em 0 }
.bar div { background: #5b3cc4; height: 100% }
table { border-collapse: collapse }
td, th { text-align: left; padding: .2em .6em .2em 0; vertical-align: top }
</style>"""

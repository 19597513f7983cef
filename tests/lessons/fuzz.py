"""Lesson files as strangers write them: pieces of lessons put together in any way, and noise."""

from __future__ import annotations

from importlib import resources

from hypothesis import strategies as st

from model.lessons import LessonError
from model.lessons.check import check_text
from tests.model.lessons.made_up import SMALL

_LINES = SMALL.split("\n")
_BUILT_IN = [
    line
    for entry in sorted((resources.files("resources") / "lessons").iterdir(), key=str)
    for line in entry.read_text("utf-8").split("\n")
]
_NOISE = [
    "+++", "```", "````", "~~~", "```task", "```predict", "```python", "## ", "## Page", "#",
    "[[choice]]", "[[wrong]]", "[what_if.delta]", "[what_if.x.y]", "[[claim.b]]", "[" * 300,
    "a = " + "[" * 5_000, "a = " + "9" * 5_000, "a.b.c = 1", '"" = 1', "'a\"b' = 2",
    'say = """', '"""',
    "at = 99999999999999999999", "at = nan", "alpha = -inf", "at = 1979-05-27", "right = 1",
    "{{", "}}", "{{ }}", "{{ start.delta | }}", "{{ at(9999).w[a] }}", "{{ x.at(1000).w[zzzz] }}",
    "\0", "\u2028", "\r", "\ufeff", "<script>", "![](../../etc/passwd.png)", "a" * 3_000,
    'experiment = "/etc/passwd"', 'experiment = "../x.json"', 'experiment = "Dot products"',
    'solution = ["run to 100001"]', 'solution = ["draw\\n| .#"]', 'done = "ever(ever(step > 1))"',
    'solution = ["open Alpha too large", "step 50"]', "page = 1", "page = 2", "page = 9",
    "frozen = [[1]]", "weights = {a = 'b'}",
]  # fmt: skip

lines = st.one_of(
    st.sampled_from(_LINES), st.sampled_from(_BUILT_IN), st.sampled_from(_NOISE),
    st.text(max_size=40),
)  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> str:
    """The small lesson with some lines gone, doubled, moved or replaced; or lines alone."""
    if draw(st.integers(0, 9)) == 0:
        return "\n".join(draw(st.lists(lines, max_size=40)))
    text = [*_LINES]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text) - 1))
        what = draw(st.sampled_from(("drop", "double", "replace", "insert", "cut", "letter")))
        if what == "drop":
            del text[at]
        elif what == "double":
            text.insert(at, text[at])
        elif what == "replace":
            text[at] = draw(lines)
        elif what == "insert":
            text.insert(at, draw(lines))
        elif what == "cut":
            text = text[: at + 1]
        elif text[at]:
            place = draw(st.integers(0, len(text[at]) - 1))
            letter = draw(st.sampled_from("q0\"'[]{}=.|`#+-\\ \0é"))
            text[at] = text[at][:place] + letter + text[at][place + 1 :]
        if not text:
            break
    return "\n".join(text)


def look_at(text: str) -> list[LessonError]:
    """Check a file as the command does; whatever is wrong must be told in sentences of one line."""
    faults = check_text(text, "file.md")
    for fault in faults:
        sentence = str(fault)
        assert sentence.startswith(f"file.md:{fault.line}: ")
        assert 1 <= fault.line <= text.count("\n") + 1, sentence
        assert len(sentence) < 1_000, sentence
        assert fault.problem.strip(), sentence
    return faults

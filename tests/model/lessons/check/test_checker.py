"""Faults that are planted into a lesson that passes: each is told once, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.lessons.check import check_text
from tests.model.lessons.made_up import SMALL

# What stands in the lesson, what stands there instead, and what is said of it.
PLANTED = [
    ("minutes = 4", "minuts = 4", "minuts: the front matter has no such key, did you mean “min"),
    ('id = "small"', 'id = "small', "this is no TOML"),
    ("after = 2", "after = 2000", "after: must be a whole number from 0 to 1,000"),
    ("[what_if.large]", "[what_if.larg]", "there is no what-if “large”, did you mean “larg”?"),
    ("[what_if.large]", "[what_if.delta]", "a what-if is called by small letters"),
    ('frozen = ["a"]', 'frozen = ["q"]', "“q” is not a weight here"),
    ("alpha = 0.02", "alpha = 0.0", "alpha must be one number above zero"),
    ("alpha = 0.02", "inputs = {toe = 1}", "there is no “toe”, there are toes, win/loss, fans"),
    ("alpha = 0.02", "alpha = inf", "alpha: must be a finite number"),
    ('"Several steps"', '"Several step"', "did you mean “Several steps”?"),
    ('"Several steps"', '"../secret.json"', "there is no experiment “../secret.json”"),
    ("{{ start.delta }}", "{{ start.detla }}", "“detla”, did you mean “delta”?"),
    ("{{ start.delta }}", "{{ delta }}", "in a text a number is start.delta"),
    ("{{ start.delta }}", "{{ start.w[z] }}", "“z” is not a weight here"),
    ("{{ start.delta }}", "{{ start.delta | 3x }}", "“3x” is no format"),
    ("{{ start.delta }}", "{{ start.delta }", "“{{” stands alone"),
    ("{{ start.delta }}", "{{ start.delta > 0 }}", "is a comparison, and a text needs a number"),
    ("{{ start.delta }}", "−0.14", "the number “0.14” is typed"),
    ("{{ start.delta }}", "<b>small</b>", "HTML"),
    ("{{ start.delta }}", "[here](https://example.org)", "a lesson has no links"),
    ("{{ start.delta }}", "![a dog](../dog.png)", "there is no picture “../dog.png”"),
    ("is {{ start.delta }} now", "gets smaller", "compares (“smaller”), and no [[claim]] quotes"),
    ('always the same share"', 'never the same share"', "stands nowhere in the lesson"),
    ("at(2).delta / at(1).delta ~=", "start.delta >", "does not hold"),
    ('holds = "at', 'hold = "at', "a claim has no such key, did you mean “holds”?"),
    ('"next", "trace"', '"next", "traces"', "“traces” is no part of this bench, did you mean"),
    ('light = ["weight:a"]', 'lihgt = ["weight:a"]', "lihgt: a setup has no such key"),
    ("```setup", "```setp", "there is no block “setp”, did you mean “setup”?"),
    ("minutes = 4", "minutes = 4\nagain = 0", "again: must be a whole number from 1 to 40"),
    ("alpha = 0.02", "shuffled = 1", "shuffled: must be true or false"),
    ("alpha = 0.02", "shuffled = true", "shuffled: this experiment has no pixels"),
    ("at = 0", "at = 20000", "at: must be a whole number from 0 to 10,000"),
    (
        "at = 0",
        'at = 3\nalpha = 0.5\nexperiment = "Alpha too large"\ninputs = {toes = 1e9}',
        "that would make an error of",
    ),
    ('answer = "at(2).delta"\n', "", "ask: is answered either by [[choice]] or by a number"),
    ('within = "5%"', "within = 0", "within: must be a share"),
    ('is = "-at(2).delta"', 'is = "1.04 * at(2).delta"', "which counts as the right answer"),
    (
        'is = "-at(2).delta"',
        'is = "2 * at(1).delta - start.delta + 1e-6"',
        "cannot be told from the wrong answer in line",
    ),
    ('is = "-at(2).delta"', 'is = "delta"', "must be true whatever the learner does"),
    ("delta is {{ at(1).delta }}", "delta is {{ at(2).delta }}", "which counts as the answer to"),
    ('reveals = "equal-amounts"', 'reveals = "equal-amount"', "did you mean “equal-amounts”?"),
    ('reveals = "equal-amounts"\n', "", "reveals is missing"),
    ('["equal-amounts", ', '["missing-two", "equal-amounts", ', "no answer reveals “missing-two”"),
    ('["equal-amounts", ', "[", "“equal-amounts” is missing in the misconceptions"),
    ('done = "step >= 2"', 'done = "step >= 0"', "is true before anything is done"),
    ('done = "step >= 2"', 'done = "step >= 1"', "is true before the last action"),
    ('done = "step >= 2"', 'done = "step >= 3"', "is not true after the solution"),
    ('done = "step >= 2"', 'done = "stepp >= 2"', "did you mean “step”?"),
    ('done = "step >= 2"', 'done = "step"', "done: must be a comparison"),
    ('"step 1", "step 1"]', '"step 2", "alpha 0.02"]', "is true before the last action"),
    ('"step 1", "step 1"]', '"step 1", "stop 1"]', "did you mean “step”?"),
    ('"step 1", "step 1"]', '"freeze d", "step 2"]', "“d” is not a weight here"),
    ('allow = ["step", "back"]', 'allow = ["back"]', "the solution needs “step”"),
    ('"The time line counts.", ', "", "there are 2, and a task has three"),
    ('if = "alpha < start.alpha"', 'if = "step >= 2"', "exactly one choice must be true"),
    ('if = "error < start.error"', 'if = "error > start.error"', "exactly one choice must be"),
    ("{{ you.second }}", "{{ you.secnd }}", "has the id “secnd”"),
    ('id = "turns"', 'id = "saw"', "is that of the question in line"),
    ("right = true", "right = false", "0 are right = true"),
    ('if = "start.factor > 0"', 'if = "start.factor < 0"', "this choice is the right one"),
    ('say = "It stays."', "", "say is missing"),
]


def test_the_small_lesson_passes() -> None:
    assert check_text(SMALL, "small.md") == []


@pytest.mark.parametrize(("old", "new", "said"), PLANTED)
def test_a_planted_fault_is_told_with_its_line(old: str, new: str, said: str) -> None:
    text = SMALL.replace(old, new, 1)
    assert text != SMALL

    faults = check_text(text, "small.md", Path(__file__).parent)

    told = [str(fault) for fault in faults]
    assert any(said in sentence for sentence in told), told
    assert len(told) <= 3, told
    for fault in faults:
        assert str(fault).startswith(f"small.md:{fault.line}: ")
        assert 1 <= fault.line <= text.count("\n") + 1
        assert "\n" not in str(fault)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{{ start.delta }} now", "{{ start.detla }} now", 24),
        ("{{ start.limit | 3 }}", "{{ start.limti | 3 }}", 25),
        ('light = ["weight:a"]', "light = 3", 30),
        ('reveals = "equal-amounts"', "reveals = 3", 42),
        ('ask = "What fell?"', "ask = 3", 62),
        ("```observe", "```obsrve", 60),
    ],
)
def test_the_line_is_that_of_the_file(old: str, new: str, line: int) -> None:
    lines = SMALL.split("\n")
    place = next(at for at, text in enumerate(lines, 1) if old.split("\n", maxsplit=1)[0] in text)
    assert place == line

    faults = check_text(SMALL.replace(old, new, 1), "small.md")

    assert line in {fault.line for fault in faults}


def test_faults_of_several_blocks_are_told_together() -> None:
    text = SMALL.replace("at = 0", "at = -1").replace('do = "Press', 'du = "Press')

    assert [fault.line for fault in check_text(text, "small.md")] == sorted(
        fault.line for fault in check_text(text, "small.md")
    )
    assert len(check_text(text, "small.md")) == 2


def test_a_lesson_that_is_needed_must_be_there() -> None:
    text = SMALL.replace("minutes = 4", 'minutes = 4\nneeds = ["freezing", "no-such"]')

    (fault,) = check_text(text, "small.md")

    assert "there is no lesson “no-such”" in str(fault)


def test_a_solution_that_never_ends_is_stopped() -> None:
    long = ", ".join(f'"reset", "alpha 0.0{n}", "run to 90000"' for n in range(101, 120))
    text = SMALL.replace('"step 1", "step 1"]', f"{long}]")

    faults = check_text(text.replace('"step >= 2"', '"step > 90000"'), "small.md")

    assert any("no more than 100,000 steps" in str(fault) for fault in faults)


def test_a_reason_stands_for_a_claim_that_no_number_can_tell() -> None:
    text = SMALL.replace('holds = "at(2).delta / at(1).delta ~= at(1).delta / start.delta"',
                         'because = "a step takes a share, and nothing else"')  # fmt: skip

    assert check_text(text, "small.md") == []


def test_a_claim_may_be_of_a_page() -> None:
    of_page = SMALL.replace("says = ", "page = 2\nsays = ")
    of_none = SMALL.replace("says = ", "page = 3\nsays = ")

    assert check_text(of_page, "small.md") == []
    assert [str(fault) for fault in check_text(of_none, "small.md")] == [
        "small.md:17: page: there is no page 3"
    ]


def test_a_page_that_cannot_begin_is_told_once_whoever_speaks_of_it() -> None:
    text = SMALL.replace("says = ", "page = 1\nsays = ")
    text = text.replace("at = 0", 'experiment = "Several stepss"')

    (fault,) = check_text(text, "small.md")

    assert "did you mean “Several steps”?" in str(fault)

"""A small lesson that passes, to be changed in one place at a time."""

from __future__ import annotations

from model.lessons import Lesson, read_lesson

SMALL = """+++
format = "weightbench/lesson"
version = 1
id = "small"
title = "A small lesson"
about = "What a step leaves of delta."
experiment = "Several steps"
minutes = 4
misconceptions = ["equal-amounts", "sign-flips-always"]

[what_if.large]
alpha = 0.02
[what_if.later]
after = 2
frozen = ["a"]

[[claim]]
says = "always the same share"
holds = "at(2).delta / at(1).delta ~= at(1).delta / start.delta"
+++

## The first step

Delta is {{ start.delta }} now, with
a limit of {{ start.limit | 3 }}.

```setup
at = 0
hide = ["next", "trace"]
light = ["weight:a"]
select = "bowl:a"
```

```predict
id = "second"
ask = "After one step delta is {{ at(1).delta }}. What is it after the second?"
answer = "at(2).delta"
within = "5%"
[[wrong]]
is = "2 * at(1).delta - start.delta"
say = "That takes away as much as the first step did: {{ at(1).delta - start.delta | signed }}."
reveals = "equal-amounts"
[[wrong]]
is = "-at(2).delta"
say = "It would turn its sign with a large alpha, and be {{ large.at(1).delta }} after one step."
reveals = "sign-flips-always"
```

```task
do = "Press **Step** until two steps are done."
done = "step >= 2"
allow = ["step", "back"]
hints = ["Look above the bench.", "The time line counts.", "Press Step twice."]
solution = ["step 1", "step 1"]
[[say]]
when = "step > 5"
text = "More than enough."
```

```observe
id = "saw"
ask = "What fell?"
[[choice]]
id = "error"
text = "The error"
if = "error < start.error"
[[choice]]
id = "alpha"
text = "Alpha"
if = "alpha < start.alpha"
say = "Look again."
```

It is {{ at(2).delta }}, you said {{ you.second }}: always the same share.

## The other

```predict
id = "turns"
ask = "Does the sign turn?"
[[choice]]
id = "yes"
text = "At every step"
say = "It stays: {{ start.factor }} is above zero."
reveals = "sign-flips-always"
[[choice]]
id = "no"
text = "It stays"
right = true
if = "start.factor > 0"
say = "It stays."
```
"""


def small(old: str = "", new: str = "") -> Lesson:
    """The small lesson, with one place changed."""
    assert old in SMALL
    return read_lesson(SMALL.replace(old, new, 1), "small.md")

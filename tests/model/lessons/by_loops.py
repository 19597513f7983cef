"""The numbers of lessons once more: expressions read by Python's own parser, steps in plain loops.

Nothing of the model's arithmetic is used: experiments are taken as lists of numbers.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from model.experiment import Experiment
from model.lessons.lesson import Changes, Lesson, Page


@dataclass
class Loops:
    """A bench of lists: one step after the other, one weight after the other."""

    experiment: Experiment
    inputs: list[list[float]]
    targets: list[list[float]]
    weights: list[list[float]]
    frozen: list[list[bool]]
    alpha: float
    step: int = 0
    slip: str = ""

    @classmethod
    def of(cls, experiment: Experiment) -> Loops:
        setup = experiment.setup
        return cls(
            experiment,
            setup.examples.base_inputs.tolist(),
            setup.examples.base_targets.tolist(),
            experiment.weights.tolist(),
            setup.frozen.tolist(),
            setup.alpha,
        )

    def copy(self) -> Loops:
        return replace(
            self,
            inputs=[[*row] for row in self.inputs],
            targets=[[*row] for row in self.targets],
            weights=[[*row] for row in self.weights],
            frozen=[[*row] for row in self.frozen],
        )

    # -- one step --------------------------------------------------------------------------------

    @property
    def example(self) -> int:
        schedule = self.experiment.setup.schedule
        if schedule.order == "first":
            return 0
        return (
            self.step % len(self.inputs) if schedule.order == "cycle" else schedule.index(self.step)
        )

    @property
    def x(self) -> list[float]:
        return self.inputs[self.example]

    def pred(self, row: int) -> float:
        total = 0.0
        for weight, number in zip(self.weights[row], self.x, strict=True):
            total += weight * number
        return total

    def delta(self, row: int) -> float:
        return self.pred(row) - self.targets[self.example][row]

    def take(self, steps: int) -> None:
        for _ in range(steps):
            self._learn()
            self.step += 1

    def _learn(self) -> None:
        alpha = -self.alpha if self.slip == "sign" else self.alpha
        self.weights = [
            [
                weight if held else weight - alpha * moved
                for weight, held, moved in zip(*rows, strict=True)
            ]
            for rows in zip(self.weights, self.frozen, self.weight_deltas(), strict=True)
        ]

    def weight_deltas(self) -> list[list[float]]:
        """The table of weight_deltas, or what a slip takes for it."""
        x, deltas = self.x, [self.delta(row) for row in range(len(self.weights))]
        if self.slip == "transposed":
            return [[number * delta for delta in deltas] for number in x]
        if self.slip == "input_times_weights":
            return [
                [number * weight for number, weight in zip(x, row, strict=True)]
                for row in self.weights
            ]
        if self.slip == "one_delta":
            deltas = [deltas[-1] for _ in deltas]
        return [[delta * number for number in x] for delta in deltas]

    def changed(self, changes: Changes) -> None:
        """Make the changes; the steps before them are taken.

        Shuffled pixels are left in order: a sum does not mind, and nothing else is asked of them.
        """
        self.alpha = self.alpha if changes.alpha is None else changes.alpha
        if changes.frozen is not None:
            self.frozen = [[False for _ in row] for row in self.frozen]
            for letters in changes.frozen:
                row, column = self.cell(letters)
                self.frozen[row][column] = True
        for letters, value in changes.weights.items():
            row, column = self.cell(letters)
            self.weights[row][column] = value
        example = self.example
        for name, value in changes.inputs.items():
            self.inputs[example][self.experiment.inputs.index(name)] = value
        for name, value in changes.targets.items():
            self.targets[example][self.experiment.outputs.index(name)] = value

    # -- names -----------------------------------------------------------------------------------

    def cell(self, letters: str) -> tuple[int, int]:
        """Letters run row by row; those of vectors are the vector's and a place from 1."""
        if letters[-1].isdigit():
            return self.experiment.outputs.index(letters[0]), int(letters[1:]) - 1
        number = 0
        for letter in letters:
            number = number * 26 + "abcdefghijklmnopqrstuvwxyz".index(letter) + 1
        return divmod(number - 1, len(self.experiment.inputs))

    def number(self, quantity: str, members: list[str]) -> float:
        if quantity in ("w", "weight_delta", "used", "change", "slope", "floor", "frozen"):
            return self._of_weight(quantity, *self.cell(members[0]))
        if quantity == "x":
            return self.x[self.experiment.inputs.index(members[0])]
        if quantity in ("dot", "distance", "error_of"):
            return self._of_rows(quantity, members)
        if quantity in ("pred", "target", "delta", "error", "s", "factor", "ink", "against"):
            row = self.experiment.outputs.index(members[0]) if members else 0
            return self._of_output(quantity, row)
        return self._of_moment(quantity)

    def _of_rows(self, quantity: str, members: list[str]) -> float:
        if quantity == "error_of":
            return self._error_of(int(members[0]) - 1)
        first, second = (self._vector(member) for member in members)
        pairs = list(zip(first, second, strict=True))
        if quantity == "dot":
            return sum(a * b for a, b in pairs)
        return math.sqrt(sum((a - b) ** 2 for a, b in pairs))

    def _error_of(self, example: int) -> float:
        total = 0.0
        for weights, target in zip(self.weights, self.targets[example], strict=True):
            pred = sum(w * x for w, x in zip(weights, self.inputs[example], strict=True))
            total += (pred - target) ** 2
        return total

    def _vector(self, member: str) -> list[float]:
        if member.isdigit():
            return self.inputs[int(member) - 1]
        return self.weights[self.experiment.outputs.index(member)]

    def _of_weight(self, quantity: str, row: int, column: int) -> float:
        weight_delta = self.weight_deltas()[row][column]
        used = 0.0 if self.frozen[row][column] else weight_delta
        return {
            "w": lambda: self.weights[row][column],
            "weight_delta": lambda: weight_delta,
            "used": lambda: used,
            "change": lambda: -self.alpha * used,
            "slope": lambda: 2.0 * weight_delta,
            "floor": lambda: self.weights[row][column] - self.delta(row) / self.x[column],
            "frozen": lambda: float(self.frozen[row][column]),
        }[quantity]()

    def _s(self, row: int, inputs: list[float]) -> float:
        return sum(
            number * number
            for number, held in zip(inputs, self.frozen[row], strict=True)
            if not held
        )

    def _of_output(self, quantity: str, row: int) -> float:
        return {
            "pred": lambda: self.pred(row),
            "target": lambda: self.targets[self.example][row],
            "delta": lambda: self.delta(row),
            "error": lambda: self.delta(row) * self.delta(row),
            "s": lambda: self._s(row, self.x),
            "factor": lambda: 1.0 - self.alpha * self._s(row, self.x),
            "ink": lambda: float(sum(weight != 0 for weight in self.weights[row])),
            "against": lambda: float(sum(weight < 0 for weight in self.weights[row])),
        }[quantity]()

    def _of_moment(self, quantity: str) -> float:
        rows = range(len(self.weights))
        numbers: dict[str, Callable[[], float]] = {
            "alpha": lambda: self.alpha,
            "limit": lambda: 2.0 / self._largest_s(),
            "one_step": lambda: 1.0 / self._largest_s(),
            "total_error": lambda: float(sum(self.delta(row) ** 2 for row in rows)),
            "step": lambda: float(self.step),
            "length": lambda: float(self.step),
            "example": lambda: self.example + 1.0,
            "held_out": self._held_out,
            "examples_error": lambda: float(sum(map(self._error_of, range(len(self.inputs))))),
            "inked": lambda: float(sum(any(w != 0 for w in row) for row in self.weights)),
            "blank": lambda: float(
                sum(not any(column) for column in zip(*self.inputs, strict=True))
            ),
            "inputs": lambda: float(len(self.inputs[0])),
            "outputs": lambda: float(len(self.weights)),
            "weights": lambda: float(sum(map(len, self.weights))),
            "examples": lambda: float(len(self.inputs)),
        }
        return numbers[quantity]()

    def _largest_s(self) -> float:
        order = self.experiment.setup.schedule.order
        visited = self.inputs if order != "first" else self.inputs[:1]
        return max(self._s(row, inputs) for row in range(len(self.weights)) for inputs in visited)

    def _held_out(self) -> float:
        digits = self.experiment.digits
        assert digits is not None
        right = 0
        for image, label in zip(
            digits.held_out_images.tolist(), digits.held_out_labels.tolist(), strict=True
        ):
            scores = [sum(w * x for w, x in zip(row, image, strict=True)) for row in self.weights]
            right += scores.index(max(scores)) == label
        return right / len(digits.held_out_labels)


class SecondEvaluator:
    """Works out the expressions of one page (None: of the lesson as a whole).

    ``kept`` is for benches, and shared by all pages of a lesson.
    """

    def __init__(
        self,
        lesson: Lesson,
        page: Page | None,
        benches: dict[str, Experiment],
        kept: dict[tuple[str, int], Loops],
    ) -> None:
        self._lesson = lesson
        self._page = page
        self._benches = benches
        self._kept = kept

    def value(self, source: str) -> float:
        tree = ast.parse(source.replace("~=", " is "), mode="eval")
        return float(self._of(tree.body))

    def _of(self, node: ast.expr) -> float:  # noqa: PLR0911 -- one for each kind of node
        if isinstance(node, ast.Constant):
            return float(node.value)  # type: ignore[arg-type]
        if isinstance(node, ast.UnaryOp):
            value = self._of(node.operand)
            return float(not value) if isinstance(node.op, ast.Not) else -value
        if isinstance(node, ast.BoolOp):
            values = [self._of(part) for part in node.values]
            return float(all(values) if isinstance(node.op, ast.And) else any(values))
        if isinstance(node, ast.BinOp):
            return self._worked(node.op, self._of(node.left), self._of(node.right))
        if isinstance(node, ast.Compare):
            return self._compared(node.ops[0], self._of(node.left), self._of(node.comparators[0]))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            functions: dict[str, Any] = {"abs": abs, "min": min, "max": max}
            return float(functions[node.func.id](*(self._of(part) for part in node.args)))
        return self._named(node)

    def _worked(self, operator: ast.operator, a: float, b: float) -> float:
        if isinstance(operator, ast.Div):
            return a / b
        return {ast.Add: a + b, ast.Sub: a - b, ast.Mult: a * b}[type(operator)]

    def _compared(self, operator: ast.cmpop, a: float, b: float) -> float:
        return float(
            {
                ast.Lt: a < b, ast.LtE: a <= b, ast.Gt: a > b, ast.GtE: a >= b,
                ast.Eq: a == b, ast.NotEq: a != b,
                ast.Is: abs(a - b) <= max(5e-4 * max(abs(a), abs(b)), 1e-12),
            }[type(operator)]
        )  # fmt: skip

    def _named(self, node: ast.expr) -> float:
        members: list[str] = []
        if isinstance(node, ast.Subscript):
            members, node = [_member(node.slice)], node.value
        elif isinstance(node, ast.Call):
            members, node = [_member(part) for part in node.args], node.func
        assert isinstance(node, ast.Attribute), ast.dump(node)
        return self._bench(node.value).number(node.attr, members)

    def _bench(self, node: ast.expr) -> Loops:
        """The bench that stands before the last dot."""
        steps, words = 0, []
        while not isinstance(node, ast.Name):
            if isinstance(node, ast.Call):
                assert isinstance(node.args[0], ast.Constant)
                steps = int(node.args[0].value)  # type: ignore[arg-type]
                node = node.func
            else:
                assert isinstance(node, ast.Attribute)
                words.append(node.attr)
                node = node.value
        words.append(node.id)
        words = [word for word in words[::-1] if word not in ("start", "at")]
        slip = words[1] if words[:1] == ["slip"] else ""
        changes = self._changes(words[0] if words and not slip else "")
        if not slip and replace(changes, at=0, line=0) == Changes(changes.experiment):
            return self._unchanged(changes.experiment, changes.at + steps)

        def begun() -> Loops:
            bench = self._unchanged(changes.experiment, changes.at).copy()
            bench.changed(changes)
            bench.slip = slip
            return bench

        return self._after(f"{slip} {changes}", steps, begun)

    def _unchanged(self, experiment: str, steps: int) -> Loops:
        return self._after(experiment, steps, lambda: Loops.of(self._benches[experiment]))

    def _after(self, key: str, steps: int, begun: Callable[[], Loops]) -> Loops:
        """So many steps after a beginning, on from the last of its benches that are kept."""
        before = [n for known, n in self._kept if known == key and n <= steps]
        near = max(before, default=None)
        if near != steps:
            bench = begun() if near is None else self._kept[key, near].copy()
            bench.take(steps - (near or 0))
            self._kept[key, steps] = bench
        return self._kept[key, steps]

    def _changes(self, what_if: str) -> Changes:
        if what_if:
            return self._lesson.what_ifs[what_if]
        if self._page is not None:
            return self._page.setup.bench
        return Changes(self._lesson.experiment)


def _member(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    assert isinstance(node, ast.Constant)
    return str(node.value)

"""Goes through a step of a listing one line at a time, loops and all.

The lines are read as Python reads them and carried out here, a closed handful of statements in
Python's own arithmetic: what a line makes is what it makes when the program is run.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from model.listing.expressions import (
    Alias,
    Assignment,
    Expression,
    Leaf,
    Value,
    Variables,
    copied,
    expression_of,
    leaf_of,
    made_by,
    names_of,
    quick,
    store,
    target_of,
)
from model.listing.lines import Ref

Numbers = tuple[Value, ...]

# Loops that are longer are entered only at the place that is looked into.
MAX_ENTERED = 32
# What a statement may meet when it is put wrongly together.
_FAULTS = (TypeError, IndexError, ValueError, KeyError, ZeroDivisionError, OverflowError)


@dataclass(frozen=True, eq=False)
class Moment:
    """A line was carried out.

    ``line`` is its number in the body and ``top`` that of the line of the step under way, from 1.
    ``made`` is what it made, ``value`` its value, ``reads`` what it was made of; ``words`` has a
    slot for each of the ``operands``. ``loops`` are the counters of the loops around it.
    ``fault`` says why the program stops here.
    """

    line: int
    top: int
    made: Ref
    value: Value
    reads: tuple[Ref, ...] = ()
    words: str = ""
    operands: tuple[Value, ...] = ()
    loops: tuple[tuple[str, int], ...] = ()
    fault: str = ""


Result = TypeVar("Result")
# What is carried out on the way to a result.
Way = Generator[Moment, None, Result]


class _Stopped(Exception):
    """The program stops with an error, which has been told by a moment."""


@dataclass
class _Scope:
    """Variables of a function that is under way, what they stand for, and what it returns."""

    variables: Variables
    aliases: dict[str, Alias]
    top: int = 0
    loops: tuple[tuple[str, int], ...] = ()
    result: Value = None
    entered: bool = True


@dataclass(frozen=True)
class _Code:
    """A body that was read: its functions, and the statements of a step."""

    functions: Mapping[str, ast.FunctionDef]
    steps: tuple[ast.stmt, ...]


@lru_cache(maxsize=32)
def _read(body: str) -> _Code:
    statements = ast.parse(body).body
    functions = {s.name: s for s in statements if isinstance(s, ast.FunctionDef)}
    rest = [s for s in statements if not isinstance(s, ast.FunctionDef)]
    loops = [s for s in rest if isinstance(s, ast.For)]
    return _Code(functions, tuple(loops[-1].body if loops and _counts(loops[-1]) else rest))


def _counts(loop: ast.For) -> bool:
    """Whether a loop is that over the steps."""
    return isinstance(loop.target, ast.Name) and loop.target.id == "step"


@dataclass
class Walk:
    """A way through one step of a body.

    ``variables`` are what the program has by then; they are changed. ``looked_into`` maps the
    length of a long loop to the place at which it is entered, None for none.
    """

    body: str
    variables: Variables
    aliases: dict[str, Alias]
    looked_into: Mapping[int, int | None] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Moment]:
        """Each line as it was carried out, in order."""
        self._code = _read(self.body)
        scope = _Scope(self.variables, self.aliases)
        try:
            for statement in self._code.steps:
                scope.top = statement.lineno
                yield from self._do(statement, scope)
        except _Stopped:
            return

    # -- statements ----------------------------------------------------------------------------

    def _do(self, statement: ast.stmt, scope: _Scope) -> Way[None]:
        if isinstance(statement, ast.For):
            yield from self._loop(statement, scope)
        elif isinstance(statement, Assignment):
            yield from self._assign(statement, scope)
        elif isinstance(statement, ast.Return) and statement.value is not None:
            scope.result = expression_of(statement.value).evaluate(scope.variables)

    def _loop(self, loop: ast.For, scope: _Scope) -> Way[None]:
        names = names_of(loop.target)
        places = yield from self._tried(
            loop, Leaf(names[0], ()), scope,
            lambda: expression_of(loop.iter).evaluate(scope.variables),
        )  # fmt: skip
        outer, entered = scope.loops, scope.entered
        turn_at_once = quick(loop)
        at = self.looked_into.get(len(places))
        long = len(places) > MAX_ENTERED
        for turn in places:
            counters = turn if isinstance(turn, tuple) else (turn,)
            scope.variables.update(zip(names, counters, strict=True))
            scope.entered = entered and (not long or turn == at)
            if not scope.entered and turn_at_once is not None:
                try:
                    turn_at_once(scope.variables)
                except _FAULTS as fault:
                    inside = loop.body[0]
                    yield _stop(inside, Leaf(names[0], ()), scope, fault)
                    raise _Stopped from fault
                continue
            scope.loops = (*outer, *zip(names, counters, strict=True))
            for statement in loop.body:
                yield from self._do(statement, scope)
        scope.loops, scope.entered = outer, entered

    def _assign(self, statement: Assignment, scope: _Scope) -> Way[None]:
        leaf = target_of(statement)
        value = statement.value
        function = self._function(value)
        if function is not None and isinstance(value, ast.Call):
            reads = tuple(
                leaf_of(argument).ref(scope.variables, scope.aliases) for argument in value.args
            )
            made = yield from self._call(
                function, value, leaf.ref(scope.variables, scope.aliases), scope
            )
            moment = _Said(reads)
        else:
            expression = made_by(statement)
            made = yield from self._tried(
                statement, leaf, scope, lambda: expression.evaluate(scope.variables)
            )
            moment = _said(expression, scope) if scope.entered else _Said()
        yield from self._tried(
            statement, leaf, scope, lambda: store(statement, leaf, made, scope.variables)
        )
        if scope.entered:
            made_of = leaf.ref(scope.variables, scope.aliases)
            yield Moment(
                statement.lineno, scope.top, made_of, copied(made), moment.reads, moment.words,
                moment.operands, scope.loops,
            )  # fmt: skip

    def _tried(
        self, statement: ast.stmt, leaf: Leaf, scope: _Scope, do: Callable[[], Result]
    ) -> Way[Result]:
        """What ``do`` returns; where the program would stop with an error, that is told."""
        try:
            return do()
        except _FAULTS as fault:
            yield _stop(statement, leaf, scope, fault)
            raise _Stopped from fault

    # -- functions -----------------------------------------------------------------------------

    def _function(self, value: ast.expr) -> ast.FunctionDef | None:
        """The function of the listing that an expression calls."""
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
            return self._code.functions.get(value.func.id)
        return None

    def _call(
        self, function: ast.FunctionDef, call: ast.Call, made: Ref, scope: _Scope
    ) -> Way[Value]:
        inner = _Scope({}, {}, scope.top, entered=scope.entered)
        for parameter, argument in zip(function.args.args, call.args, strict=True):
            inner.variables[parameter.arg] = expression_of(argument).evaluate(scope.variables)
            inner.aliases[parameter.arg] = Alias(
                *leaf_of(argument).ref(scope.variables, scope.aliases)
            )
        last = function.body[-1]
        if isinstance(last, ast.Return) and isinstance(last.value, ast.Name):
            # What it returns is what the line that called it makes.
            inner.aliases[last.value.id] = Alias(*made)
        for statement in function.body:
            yield from self._do(statement, inner)
        return inner.result


def _stop(statement: ast.stmt, leaf: Leaf, scope: _Scope, fault: Exception) -> Moment:
    """The moment at which the program stops with an error."""
    told = f"{type(fault).__name__}: {fault}"
    made = (leaf.name, ())
    return Moment(statement.lineno, scope.top, made, None, loops=scope.loops, fault=told)


@dataclass(frozen=True)
class _Said:
    """What a line was made of, and how that is written."""

    reads: tuple[Ref, ...] = ()
    words: str = ""
    operands: Numbers = ()


def _said(expression: Expression, scope: _Scope) -> _Said:
    if expression.words in ("", "{}"):
        return _Said(
            tuple(leaf.ref(scope.variables, scope.aliases) for leaf, _ in expression.leaves)
        )
    return _Said(
        tuple(leaf.ref(scope.variables, scope.aliases) for leaf, _ in expression.leaves),
        expression.words,
        tuple(copied(read(scope.variables)) for _, read in expression.leaves),
    )

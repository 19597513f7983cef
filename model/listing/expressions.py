"""The expressions and assignments of a listing, read once and then computed as often as wanted.

A closed handful of what Python has, in its own arithmetic; nothing else is understood.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from model.listing.lines import Ref

Value = Any
Variables = dict[str, Value]
Evaluate = Callable[[Variables], Value]
Assignment = ast.Assign | ast.AugAssign


@dataclass(frozen=True)
class Alias:
    """What a name stands for: a variable of the network and a place in it.

    ``drop`` indices of it say nothing about that place, as the example's.
    """

    root: str
    place: tuple[int, ...] = ()
    drop: int = 0


@dataclass(frozen=True)
class Leaf:
    """A name with its indices: what a number is read from."""

    name: str
    indices: tuple[Evaluate, ...]

    def ref(self, variables: Variables, aliases: Mapping[str, Alias]) -> Ref:
        """What it is of the network, as far as that is known."""
        alias = aliases.get(self.name, Alias(self.name))
        places = tuple(index(variables) for index in self.indices)[alias.drop :]
        whole = all(isinstance(place, int) for place in places)
        return alias.root, alias.place + (places if whole else ())


@dataclass(frozen=True)
class Expression:
    """An expression: its value, what it reads, and how it is written with numbers."""

    evaluate: Evaluate
    leaves: tuple[tuple[Leaf, Evaluate], ...]
    words: str


def w_sum(a: Sequence[float], b: Sequence[float]) -> float:
    """Sum of the products, as the listing's own function of this name adds them up."""
    output = 0.0
    for one, other in zip(a, b, strict=True):
        output += one * other
    return output


_KNOWN: Mapping[str, Callable[..., Value]] = {"len": len, "range": range, "w_sum": w_sum}
_OPERATORS: dict[type[ast.operator], tuple[Callable[[Value, Value], Value], str]] = {
    ast.Add: (operator.add, "{} + {}"),
    ast.Sub: (operator.sub, "{} − {}"),
    ast.Mult: (operator.mul, "{} × {}"),
    ast.Mod: (operator.mod, "{} % {}"),
    ast.Pow: (operator.pow, "{}^{}"),
    ast.MatMult: (operator.matmul, "{} · {}"),
}


@lru_cache(maxsize=4096)
def expression_of(node: ast.expr) -> Expression:
    """The expression that a piece of a listing is. Raises KeyError where it is not understood."""
    return _READERS[type(node)](node)


def _constant(node: ast.Constant) -> Expression:
    value = node.value
    return Expression(lambda _: value, (), str(value))


def _name(node: ast.Name) -> Expression:
    name = node.id

    def evaluate(variables: Variables) -> Value:
        return variables[name]

    return Expression(evaluate, ((Leaf(name, ()), evaluate),), "{}")


def _minus(node: ast.UnaryOp) -> Expression:
    inner = expression_of(node.operand)
    return Expression(lambda variables: -inner.evaluate(variables), inner.leaves, "")


def _list(node: ast.List) -> Expression:
    parts = [expression_of(part) for part in node.elts]
    leaves = tuple(leaf for part in parts for leaf in part.leaves)
    return Expression(lambda variables: [p.evaluate(variables) for p in parts], leaves, "")


def _subscript(node: ast.Subscript) -> Expression:
    owner, index = expression_of(node.value).evaluate, expression_of(node.slice).evaluate

    def evaluate(variables: Variables) -> Value:
        return owner(variables)[index(variables)]

    return Expression(evaluate, ((leaf_of(node), evaluate),), "{}")


def _product(node: ast.BinOp) -> Expression:
    left, right = expression_of(node.left), expression_of(node.right)
    operate, words = _OPERATORS[type(node.op)]
    first, second = left.evaluate, right.evaluate

    def evaluate(variables: Variables) -> Value:
        return operate(first(variables), second(variables))

    leaves = left.leaves + right.leaves
    if not left.words or not right.words or not leaves:
        return Expression(evaluate, leaves, "")
    sides = [
        f"({side.words})" if isinstance(node.op, ast.Pow) and isinstance(part, ast.BinOp)
        else side.words
        for side, part in ((left, node.left), (right, node.right))
    ]  # fmt: skip
    if sides[1] == "2" and isinstance(node.op, ast.Pow):
        return Expression(evaluate, leaves, f"{sides[0]}²")
    return Expression(evaluate, leaves, words.format(*sides))


def _known_call(node: ast.Call) -> Expression:
    """A call of one of the functions that need not be in the listing."""
    arguments = [expression_of(argument) for argument in node.args]
    leaves = tuple(leaf for argument in arguments for leaf in argument.leaves)
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    called = np.outer if name == "outer" else _KNOWN[getattr(node.func, "id", "")]

    def evaluate(variables: Variables) -> Value:
        return called(*(argument.evaluate(variables) for argument in arguments))

    return Expression(evaluate, leaves, "")


_READERS: dict[type[ast.expr], Callable[[Any], Expression]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Subscript: _subscript,
    ast.BinOp: _product,
    ast.UnaryOp: _minus,
    ast.List: _list,
    ast.Call: _known_call,
}


@lru_cache(maxsize=4096)
def leaf_of(node: ast.expr) -> Leaf:
    """The name in front of an expression, with the indices behind it."""
    indices: list[Evaluate] = []
    while isinstance(node, ast.Subscript):
        indices.insert(0, expression_of(node.slice).evaluate)
        node = node.value
    return Leaf(node.id if isinstance(node, ast.Name) else "", tuple(indices))


@lru_cache(maxsize=1024)
def names_of(target: ast.expr) -> tuple[str, ...]:
    """The counters of a loop."""
    return tuple(name.id for name in ast.walk(target) if isinstance(name, ast.Name))


def target_of(statement: Assignment) -> Leaf:
    """What a statement gives a value to."""
    return leaf_of(statement.targets[0] if isinstance(statement, ast.Assign) else statement.target)


@lru_cache(maxsize=1024)
def made_by(statement: Assignment) -> Expression:
    """What a statement makes: ``a += b`` makes a + b, which for numbers is the same."""
    if isinstance(statement, ast.Assign):
        return expression_of(statement.value)
    return expression_of(ast.BinOp(statement.target, statement.op, statement.value))


def store(statement: Assignment, leaf: Leaf, made: Value, variables: Variables) -> None:
    """Put what was made where it belongs."""
    if not leaf.indices:
        before: Value = variables.get(leaf.name)
        # An array stays as an earlier moment had it; but it could not have taken another shape.
        if isinstance(statement, ast.AugAssign) and np.shape(made) != np.shape(before):
            raise ValueError(
                f"non-broadcastable output operand with shape {np.shape(before)} doesn't match "
                f"the broadcast shape {np.shape(made)}"
            )
        variables[leaf.name] = made
        return
    owner = variables[leaf.name]
    for index in leaf.indices[:-1]:
        owner = owner[index(variables)]
    owner[leaf.indices[-1](variables)] = made


@lru_cache(maxsize=1024)
def quick(loop: ast.For) -> Callable[[Variables], None] | None:
    """What one turn of a loop does where nobody looks; None where it calls or loops itself."""
    pieces = []
    for statement in loop.body:
        if not isinstance(statement, Assignment):
            return None
        try:
            evaluate = made_by(statement).evaluate
        except KeyError:
            # A function of the listing's own.
            return None
        pieces.append((statement, target_of(statement), evaluate))

    def do(variables: Variables) -> None:
        for statement, leaf, evaluate in pieces:
            store(statement, leaf, evaluate(variables), variables)

    return do


def copied(value: Value) -> Value:
    """A value as it is now, whatever becomes of it: lists are copied, arrays never change."""
    if isinstance(value, list):
        return [copied(part) for part in value]
    return value.copy() if isinstance(value, np.ndarray) else value

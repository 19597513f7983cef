"""Reading and finding what is on the cards of the network, shown or not, in sight or not."""

from __future__ import annotations

from gui.panels.network.panel import NetworkGraph
from gui.panels.network.weight_card import Padlock
from gui.widgets.number_field import NumberField


def input_field(graph: NetworkGraph, column: int) -> NumberField:
    return graph.current_view().input_card(column).field


def weight_field(graph: NetworkGraph, output: int, column: int) -> NumberField:
    return graph.current_view().weight_card(output, column).field


def padlock(graph: NetworkGraph, output: int, column: int) -> Padlock:
    return graph.current_view().weight_card(output, column).padlock


def weight_lines(graph: NetworkGraph, output: int, column: int) -> tuple[str, str]:
    """What is written below a weight: weight_delta and next, or that it is held."""
    return graph.current_view().weight_card(output, column).lines


def target_field(graph: NetworkGraph, output: int) -> NumberField:
    return graph.current_view().output_card(output).field


def pred_text(graph: NetworkGraph, output: int) -> str:
    return graph.current_view().output_card(output).pred_text


def delta_text(graph: NetworkGraph, output: int) -> str:
    """An output's delta as it is written; a dash before it is made."""
    return graph.current_view().output_card(output).delta_text


def error_text(graph: NetworkGraph, output: int) -> str:
    """An output's error as it is written; a dash before it is made."""
    return graph.current_view().output_card(output).error_text


def example_text(graph: NetworkGraph) -> str:
    """Which example is on the bench; empty where there is only one."""
    return "" if graph.example.isHidden() else graph.example.text

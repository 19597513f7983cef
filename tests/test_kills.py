"""A few of the kills of ``make kills``, the same each time."""

import os

import pytest

from tests.kills import MODES, kill_often

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")


def test_a_kill_leaves_a_whole_bench_under_its_own_name() -> None:
    tally = kill_often(len(MODES), seed=3)
    assert tally.faults == []
    assert tally.kills.total() == len(MODES)

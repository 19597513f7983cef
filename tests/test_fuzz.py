"""What ever failed, and a few inputs at random for each reader: `make fuzz` tries 20,000."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.readers import READERS
from tests.fuzz.trying import try_all, try_at_random

CORPUS = sorted((Path(__file__).parent / "fuzz" / "corpus").iterdir())


@pytest.fixture(autouse=True)
def no_images_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize("file", CORPUS, ids=[file.stem for file in CORPUS])
def test_what_failed_once_is_read_or_refused(file: Path, tmp_path: Path) -> None:
    reader = READERS[file.stem.split("-")[0]]
    assert [
        what for what, _ in try_all(reader, [bytes.fromhex(file.read_text())], tmp_path).faults
    ] == []


@pytest.mark.parametrize("name", READERS)
def test_what_is_changed_at_random_is_read_or_refused_in_a_sentence(
    name: str, tmp_path: Path
) -> None:
    trial = try_at_random(READERS[name], 25, seed=1, folder=tmp_path)
    assert [what for what, _ in trial.faults] == []
    assert trial.n_inputs == 25

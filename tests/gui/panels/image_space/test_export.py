"""What is shown, as a picture and as a table."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.space_bench import space_panel


def test_a_table_has_the_numbers_as_they_are(qtbot: QtBot, tmp_path: Path) -> None:
    session = digits_session()
    session.playback.take(50)
    with space_panel(qtbot, session) as panel:
        session.view.show(space={"axes": [["pixel", 10], ["score", 3]]})
        panel.export(tmp_path / "points.csv")
        text = (tmp_path / "points.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        assert len(rows) == 200
        for row in rows:
            example = int(row["example"]) - 1
            image = session.state.setup.examples.inputs(example)
            scores = session.state.weights @ image
            assert row["label"] == str(example % 10)
            assert row["prediction"] == str(int(scores.argmax()))
            assert float(row["x"]) == pytest.approx(image[10], abs=1e-12)
            assert float(row["y"]) == pytest.approx(scores[3], abs=1e-5)


def test_pictures_of_pixels_and_of_lines(qtbot: QtBot, tmp_path: Path) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        panel.session.view.show(space={"hidden": [0]})
        panel.export(tmp_path / "points.png")
        picture = QImage(str(tmp_path / "points.png"))
        assert picture.width() == 2 * panel.plane.width()
        panel.export(tmp_path / "points.svg")
        tree = ElementTree.parse(tmp_path / "points.svg")
        circles = tree.getroot().iter("{http://www.w3.org/2000/svg}circle")
        # A point for each shown example, and one for each class in the legend.
        assert len(list(circles)) == np.count_nonzero(panel.plane.view.cloud.shown) + 10


def test_what_cannot_be_exported_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    refused: list[str] = []
    with space_panel(qtbot, digits_session()) as panel:
        panel.session.notices.refused.connect(refused.append)
        panel.export(tmp_path / "points.xyz")
        panel.export(tmp_path / "nowhere" / "points.csv")
        panel.session.view.show(space={"show": "tsne"})
        panel.export(tmp_path / "points.csv")
    assert len(refused) == 3
    assert ".png, .svg, .csv" in refused[0]
    assert list(tmp_path.iterdir()) == []

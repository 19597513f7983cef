"""The listing in the window: in step with the bench, pointed at, typed into, with slips."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.listing.panel import ListingPanel
from gui.panels.listing.reading import Reading
from gui.session import Session
from gui.window.window import Window
from model.files.library import open_experiment
from model.files.trace import states
from model.listing.lines import Span
from model.listing.program import FORMS
from model.phase import StepPart
from tests.gui.helpers import panels
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.network_driver import weight_field
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told
from tests.gui.helpers.window_bench import shown_window
from tests.model.listing.running import run_text, same

NINE = "Several inputs and outputs"


@pytest.fixture
def session() -> Session:
    return builtin(NINE)


def shown(session: Session, qtbot: QtBot) -> ListingPanel:
    """The panel as large as it is in the window."""
    return on_screen(qtbot, ListingPanel(session), (440, 480))


@pytest.fixture
def listing(session: Session, qtbot: QtBot) -> ListingPanel:
    return shown(session, qtbot)


def reading(listing: ListingPanel) -> Reading:
    assert listing.reading is not None
    return listing.reading


def row_with(listing: ListingPanel, text: str) -> int:
    """The first line that has a text in it."""
    lines = reading(listing).listing.lines
    return next(n for n, line in enumerate(lines) if text in line.seen)


def beside(listing: ListingPanel, text: str) -> str:
    """What stands beside the first line of the steps that has a text in it."""
    read = reading(listing)
    rows = range(read.first_of_steps, len(read.listing.lines))
    row = next(n for n in rows if text in read.listing.lines[n].seen)
    return read.beside[row].text if row in read.beside else ""


def press_line(listing: ListingPanel, times: int = 1) -> None:
    """Press the button that goes on by one line."""
    for _ in range(times):
        QTest.mouseClick(listing.step_button, Qt.MouseButton.LeftButton)


def span_of(listing: ListingPanel, row: int, text: str) -> Span:
    line = listing.rows.line(row)
    return next(span for span in line.spans if line.seen[span.start : span.stop] == text)


def click(listing: ListingPanel, row: int, text: str) -> None:
    """Click a name or number in a row."""
    table = listing.table
    # Once it has scrolled to the steps by itself.
    QApplication.processEvents()
    table.scrollTo(listing.rows.index(row, 0))
    at = table.span_rect(row, span_of(listing, row, text)).center()
    assert table.viewport().rect().contains(at)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_rows_are_a_sound_model(listing: ListingPanel, session: Session) -> None:
    tester = QAbstractItemModelTester(listing.rows)
    press_line(listing, 3)
    session.playback.take(1)
    session.view.show(form="numpy")
    del tester


# -- in step -------------------------------------------------------------------------------------


def test_parts_of_a_step_light_their_lines_and_have_their_numbers(
    listing: ListingPanel, session: Session
) -> None:
    assert beside(listing, "pred = ") == "[0.555, 0.98, 0.965]"
    assert beside(listing, "weights[i][j]").startswith("[0.06132, 0.09704, −0.3055]")

    session.playback.predict()

    read = reading(listing)
    assert beside(listing, "pred = ") == "[0.555, 0.98, 0.965]"
    assert beside(listing, "delta[i] = ") == ""
    assert read.is_lit(row_with(listing, "pred = neural"))
    assert not read.is_lit(row_with(listing, "delta[i] ="))

    session.playback.compare()

    assert beside(listing, "delta[i] = ") == "[0.455, −0.02, 0.865]"
    assert beside(listing, "weights[i][j]") == ""
    assert read.beside[row_with(listing, "delta[i] =")].changed
    assert not read.beside[row_with(listing, "pred = neural")].changed

    session.playback.learn()

    # The step that was learnt from stays in sight, as on the graph.
    assert reading(listing).program.start == 0
    assert beside(listing, "weights[i][j]").startswith("[0.06132, 0.09704, −0.3055]")
    session.playback.back()
    assert reading(listing).part is not StepPart.LEARN


def test_line_by_line_the_graph_shows_the_same_moment(
    listing: ListingPanel, session: Session
) -> None:
    press_line(listing, 6)

    read = reading(listing)
    assert session.playback.part is StepPart.PREDICT
    assert read.moment is not None
    now = read.now
    assert now is not None
    assert read.listing.lines[now].seen.strip() == "output += a[i] * b[i]"
    assert read.beside[now].text == "i = 1:  0.85 + 0.65 × 0.1 = 0.915"
    tip = str(listing.rows.data(listing.rows.index(now, 0), Qt.ItemDataRole.ToolTipRole))
    assert tip.endswith(f"exactly {read.moment.value!r}")
    assert session.parts.lit == {"pred:hurt", "input:win/loss", "weight:b"}
    assert listing.table.accessibleDescription() == (
        f"line {now + 1}: output += a[i] * b[i]; it made i = 1:  0.85 + 0.65 × 0.1 = 0.915, new"
    )

    # To the end of the step, and into the next one.
    parts = []
    while session.playback.position == 0 or session.playback.learned:
        press_line(listing)
        parts.append(session.playback.part)
    assert list(dict.fromkeys(parts)) == [
        StepPart.PREDICT, StepPart.COMPARE, StepPart.LEARN, StepPart.PREDICT
    ][: len(dict.fromkeys(parts))]  # fmt: skip
    assert session.playback.position == 1
    assert session.playback.part is StepPart.PREDICT
    assert reading(listing).program.start == 1

    # Going elsewhere in time lets go of the line, and of what it lit.
    session.playback.seek(0)
    assert not reading(listing).at_line
    assert session.parts.lit == frozenset()


@pytest.mark.parametrize("form", FORMS[:2])
def test_every_line_shows_what_python_makes_of_the_text_that_is_copied(
    listing: ListingPanel, session: Session, form: str
) -> None:
    session.playback.take(2)
    session.view.show(form=form)
    QTest.mouseClick(listing.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    read = reading(listing)
    assert text.splitlines() == [line.text for line in read.listing.lines]
    ran = run_text(text)
    made = [entry for entry in ran.made if entry[0] > read.listing.first]

    seen = 0
    while session.playback.position == 2 or session.playback.learned:
        press_line(listing)
        read = reading(listing)
        if read.program.start != 2:
            break
        assert read.moment is not None
        line, value = made[seen]
        assert read.now == line - 1
        assert same(read.moment.value, value)
        seen += 1
    assert seen > 5
    # What it printed is the trace from that step on.
    rows = [row.split("\t") for row in ran.printed[1:]]
    expected = list(states(session.experiment, 5))[2:]
    for row, state in zip(rows, expected, strict=True):
        assert [float(cell) for cell in row[2:5]] == pytest.approx(state.pred, rel=1e-9)


def test_formulas_are_copied_with_their_numbers(listing: ListingPanel, session: Session) -> None:
    session.view.show(form="formulas")
    QTest.mouseClick(listing.copy_button, Qt.MouseButton.LeftButton)
    assert "  delta hurt = pred hurt − target hurt = 0.555 − 0.1 = 0.455\n" in (
        QGuiApplication.clipboard().text()
    )


def test_a_run_does_not_stop_for_the_listing(listing: ListingPanel, session: Session) -> None:
    press_line(listing, 2)
    session.playback.run()
    assert not listing.step_button.isEnabled()
    before = session.playback.position
    press_line(listing)
    assert session.playback.position == before
    session.playback.pause()
    assert listing.step_button.isEnabled()


def test_a_screen_reader_is_told_each_line_and_what_it_made(
    listing: ListingPanel, session: Session
) -> None:
    session.playback.predict()
    table = QAccessible.queryAccessibleInterface(listing.table)
    assert isinstance(table, QAccessibleInterface)
    assert table.text(QAccessible.Text.Name) == "Listing: the experiment as a program"
    row = row_with(listing, "pred = neural")
    # Each row has a heading of its own, and there are headings above them.
    cell = table.child(2 * (row + 1) + 1)
    assert cell.text(QAccessible.Text.Name) == (
        f"line {row + 1}: pred = neural_network(input, weights); it made [0.555, 0.98, 0.965], new"
    )


# -- both ways -----------------------------------------------------------------------------------


def test_a_name_that_is_clicked_lights_its_place_on_the_graph(
    listing: ListingPanel, session: Session
) -> None:
    click(listing, row_with(listing, "pred = neural"), "pred")
    assert session.parts.lit == {"pred:hurt", "pred:win", "pred:sad"}

    click(listing, row_with(listing, "win_loss = ["), "win_loss")
    assert session.parts.lit == {"input:win/loss"}
    assert session.view.part == "input:win/loss"


def test_a_name_that_stands_for_a_single_part_selects_it(qtbot: QtBot) -> None:
    session = builtin("Several outputs")
    listing = shown(session, qtbot)
    click(listing, row_with(listing, "pred = neural"), "input")
    assert session.view.part == "input:win/loss"


def test_what_is_selected_on_the_graph_lights_its_lines(
    listing: ListingPanel, session: Session
) -> None:
    session.view.show(part="weight:f")
    row = row_with(listing, "],  # win")
    assert row in listing.rows.selected
    assert listing.rows.marks(row).selected

    session.view.show(part="output:sad")
    assert listing.rows.selected == {row_with(listing, "sad = [")}


def test_an_edit_on_the_graph_changes_the_listing_at_once(
    listing: ListingPanel, session: Session
) -> None:
    session.edits.set_weight(1, 1, 0.75)
    assert "0.75" in listing.rows.line(row_with(listing, "],  # win")).seen
    session.edits.set_frozen(0, 2, True)
    assert row_with(listing, "frozen = [(0, 2)]")
    session.edits.undo()
    assert "frozen" not in "\n".join(line.seen for line in reading(listing).listing.lines)


def type_in(listing: ListingPanel, text: str) -> None:
    editor = listing.table.field.editor
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_numbers_that_the_experiment_is_made_of_are_typed_in_their_place(
    listing: ListingPanel, session: Session
) -> None:
    click(listing, row_with(listing, "],  # win"), "0.2")
    type_in(listing, "0,5")
    assert session.state.weights[1, 1] == 0.5
    assert listing.table.field.isHidden()

    click(listing, row_with(listing, "alpha ="), "0.01")
    type_in(listing, "0.02")
    assert session.state.setup.alpha == 0.02

    click(listing, row_with(listing, "fans = ["), "1.2")
    type_in(listing, "1")
    click(listing, row_with(listing, "win = ["), "1.0")
    type_in(listing, "0")
    assert (session.state.inputs[2], session.state.target[1]) == (1.0, 0.0)
    for _ in range(4):
        session.edits.undo()
    assert not session.edits.can_undo
    assert session.state.weights[1, 1] == 0.2


def test_nonsense_is_refused_and_escape_changes_nothing(
    listing: ListingPanel, session: Session, qtbot: QtBot
) -> None:
    told: list[str] = []
    session.notices.refused.connect(told.append)
    row = row_with(listing, "],  # win")
    click(listing, row, "0.2")
    type_in(listing, "many")
    assert len(told) == 1
    assert "many" in told[0]
    editor = listing.table.field.editor
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(listing.table.field.isHidden)
    click(listing, row_with(listing, "alpha ="), "0.01")
    type_in(listing, "-1")
    assert len(told) == 2
    assert session.state.setup.alpha == 0.01
    assert not session.edits.can_undo


def test_it_can_be_done_by_keys_alone(listing: ListingPanel, session: Session) -> None:
    table = listing.table
    table.setFocus()
    row = row_with(listing, "],  # win")
    while table.currentIndex().row() > row:
        QTest.keyClick(table, Qt.Key.Key_Up)
    while table.currentIndex().row() < row:
        QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)
    type_in(listing, "0.9")
    assert session.state.weights[1, 1] == 0.9
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith(f"# {NINE}")


# -- slips ---------------------------------------------------------------------------------------


def choose_slip(listing: ListingPanel, key: str) -> None:
    box = listing.slip_box
    box.setFocus()
    while box.currentData() != key:
        QTest.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())


def test_a_slip_runs_beside_the_right_rule(
    listing: ListingPanel, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(3)
    choose_slip(listing, "transposed")
    qtbot.waitUntil(lambda: len(listing.errors.picture.lines) == 2)

    words = listing.words.text
    assert "First wrong number, in step 0: weight_delta b is −0.17, right is 0.29575." in words
    assert "lowers the total error all the same, 0.9557 → 0.6543 (right: 0.0640)" in words
    right, slip = listing.errors.picture.lines
    assert right.label == "right 0.0003"
    assert slip.label == "slip 0.6328"
    assert slip.mean.tolist() == pytest.approx([0.9557, 0.6543, 0.6341, 0.6328], abs=6e-5)
    wait_until_told(qtbot, listing.errors, "slip 0.6328")

    # The listing has the slip in it, and the weights that it led to; its first wrong number is
    # marked at the step that makes it.
    row = row_with(listing, "the slip")
    assert listing.rows.line(row).seen.strip().startswith("weight_deltas = outer_prod(input,")
    assert listing.rows.wrong is None
    assert "0.0487" not in listing.rows.line(row_with(listing, "# hurt")).seen
    session.playback.seek(0)
    row = row_with(listing, "the slip")
    marks = listing.rows.marks(row)
    assert marks.wrong == "weight_delta b is −0.17, right is 0.29575"
    assert "right is 0.29575" in listing.rows.told(row)

    # An edit changes both runs.
    session.edits.set_target(0, 0.2)
    qtbot.waitUntil(lambda: "0.9557" not in listing.words.text)
    session.view.show(slip=None)
    assert listing.errors.isHidden()
    assert listing.words.isHidden()


def test_a_long_run_with_a_slip_is_followed_a_little_at_a_time(
    listing: ListingPanel, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(3000)
    session.view.show(slip="input_times_weights")
    wrong = listing.comparison.wrong
    assert wrong is not None
    assert wrong.length < 3000
    right = [float(value) for value in session.state.weights[2]]
    qtbot.waitUntil(lambda: wrong.length == 3000, timeout=60_000)
    expected = wrong.at(3000).weights
    qtbot.waitUntil(lambda: np.array_equal(reading(listing).program.weights, expected))
    assert expected[2].tolist() != right


def test_a_slip_that_stops_the_program_says_where(listing: ListingPanel, session: Session) -> None:
    session.view.show(slip="one_delta")
    for _ in range(60):
        press_line(listing)
    read = reading(listing)
    assert read.fault is not None
    assert "TypeError" in read.beside[read.line_of(read.fault)].text
    assert session.playback.part is StepPart.COMPARE
    assert "stops with an error" in listing.words.text


def test_form_and_slip_are_kept_with_the_experiment(session: Session) -> None:
    view = session.view
    view.show(form="formulas", slip="sign")
    kept = view.values()
    view.show(form="python", slip=None)
    view.show(**kept)
    assert (view.form, view.slip) == ("formulas", "sign")
    for wrong in ({"form": "cobol"}, {"slip": "typo"}, {"slip": 3}):
        with pytest.raises(ValueError, match="must be"):
            view.show(**wrong)


# -- images, themes, other experiments -------------------------------------------------------------


def test_of_images_there_are_pictures_and_loops_are_entered_at_the_pixel(qtbot: QtBot) -> None:
    session = builtin("Digits, 8x8")
    session.playback.take(30)
    session.view.show(pixel=20)
    listing = shown(session, qtbot)
    read = reading(listing)
    ink = read.beside[row_with(listing, "input = inputs")]
    assert ink.pictures is not None
    assert ink.ink
    assert ink.pictures.shape == (1, 8, 8)
    deltas = read.beside[row_with(listing, "weight_deltas = outer_prod")]
    assert deltas.pictures is not None
    assert deltas.pictures.shape == (10, 8, 8)
    session.view.show(pixel=None)
    press_line(listing, 5)
    assert read.moment is not None
    assert read.moment.loops == (("i", 20),)
    # The pointer leaves the image for the button, and comes by another pixel.
    session.view.show(pixel=None)
    session.view.show(pixel=3)
    assert reading(listing) is read
    assert read.at_line
    assert session.parts.lit == {"score:0", "pixel:2,4", "image:0"}
    listing.grab()


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_painted_in_every_theme_and_size(
    listing: ListingPanel, session: Session, theme: str
) -> None:
    look.choose(theme)
    session.view.show(slip="transposed", part="weight:a")
    for form in FORMS:
        session.view.show(form=form)
        press_line(listing, 4)
        assert not listing.grab().isNull()


def test_it_goes_from_one_experiment_to_another(listing: ListingPanel, session: Session) -> None:
    press_line(listing, 5)
    session.view.show(slip="transposed")
    for name in ("One delta, three weight_deltas", "Dot products", "Several outputs"):
        session.open(open_experiment(name))
        session.view.show(slip="transposed")
        press_line(listing, 12)
        assert reading(listing).program.experiment.name == name
        assert listing.words.text
    session.open(open_experiment(NINE))
    assert session.view.slip is None


def test_a_guest_without_a_label_can_only_be_predicted(qtbot: QtBot) -> None:
    session = builtin("Digits, 8x8")
    session.edits.draw(session.state.inputs[::-1].copy(), "drawn")
    listing = shown(session, qtbot)
    press_line(listing, 40)
    assert session.playback.part is StepPart.PREDICT
    assert row_with(listing, "no target yet")


def test_nothing_is_done_out_of_sight(listing: ListingPanel, session: Session) -> None:
    session.view.show(slip="sign")
    press_line(listing, 3)
    before = reading(listing)
    listing.hide()
    assert session.parts.lit == frozenset()
    session.playback.take(5)
    assert reading(listing) is before
    listing.show()
    assert reading(listing).program.start == 5


def test_in_the_window_keys_go_line_by_line_and_a_weight_is_typed(qtbot: QtBot) -> None:
    window = Window(open_experiment(NINE))
    window.resize(1280, 800)
    for _ in shown_window(qtbot, window):
        session = window.session
        assert "listing" not in session.view.panels
        QTest.keyClick(window, Qt.Key.Key_N)
        listing = panels.listing(window)
        assert listing.isVisible()
        assert reading(listing).now is not None
        QTest.keyClick(window, Qt.Key.Key_N)
        assert session.parts.lit == {"input:toes", "input:win/loss", "input:fans"}
        QTest.keyClick(window, Qt.Key.Key_C)
        assert not reading(listing).at_line
        assert beside(listing, "delta[i] = ") == "[0.455, −0.02, 0.865]"
        click(listing, row_with(listing, "],  # win"), "0.2")
        type_in(listing, "0,5")
        assert weight_field(panels.network(window), 1, 1).value == 0.5
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(window, Qt.Key.Key_L, keys)
        assert QGuiApplication.clipboard().text().startswith(f"# {NINE}")

        # What is hidden on the bench is not told by the listing, nor by a copy of it.
        told: list[str] = []
        session.notices.refused.connect(told.append)
        QGuiApplication.clipboard().setText("nothing")
        before = reading(listing).moment
        session.parts.veil(["pred:win"])
        assert not listing.isVisible()
        assert session.parts.lit == frozenset()
        QTest.keyClick(window, Qt.Key.Key_N)
        QTest.keyClick(window, Qt.Key.Key_L, keys)
        assert told == ["The listing is hidden for now."] * 2
        assert QGuiApplication.clipboard().text() == "nothing"
        assert reading(listing).moment is before
        session.parts.veil([])
        assert listing.isVisible()


def test_the_pointer_says_what_can_be_done(listing: ListingPanel) -> None:
    table, row = listing.table, row_with(listing, "],  # win")
    QApplication.processEvents()
    table.scrollTo(listing.rows.index(row, 0))
    QTest.mouseMove(table.viewport(), table.span_rect(row, span_of(listing, row, "0.2")).center())
    assert table.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor
    QTest.mouseMove(table.viewport(), QPoint(2, 2))
    assert table.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor

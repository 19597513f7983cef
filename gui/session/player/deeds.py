"""How each verb is done through a session and its view: one row a verb.

A row checks before it does: what follows from the experiment alone is checked for a whole script
before anything is done; what depends on the moment when its turn has come.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gui.session.player.drawings import Refused, drawn
from gui.session.session import Session
from gui.session.space.presets import to_show
from model.actions.kinds import Picture, Region
from model.actions.spaces import check_asked
from model.door import say
from model.edits import Edit, EditError, check_edit
from model.experiment import Experiment
from model.listing.slips import check_slip
from model.phase import Phase
from model.words.names import weight_cell
from model.words.parts import panel_keys, part

# So many steps are taken at once; more are run, so that the window stays free.
_AT_ONCE = 100


# The step that a run is on its way to; None where all is done.
Goal = int | None


@dataclass(frozen=True)
class Deed:
    """``check`` and ``do`` are called with the session and the values of the action.

    Both raise Refused; ``check`` changes nothing and looks at the experiment alone.
    """

    do: Callable[..., Goal]
    check: Callable[..., object] = lambda *_: None


# -- time --------------------------------------------------------------------------------------


def _step(session: Session, count: int) -> Goal:
    playback = session.playback
    playback.pause()
    goal = playback.position + count
    if count > _AT_ONCE:
        return _run_to(session, goal)
    playback.take(count)
    if playback.position < goal:
        raise Refused(playback.stop_reason)
    return None


def _run_to(session: Session, step: int) -> Goal:
    playback = session.playback
    playback.pause()
    if step < playback.position:
        raise Refused(
            say(
                "the bench is at step {position:,} already, seek goes back",
                position=playback.position,
            )
        )
    if step == playback.position:
        return None
    playback.run_to(step, then=step)
    if not playback.running:
        raise Refused(playback.stop_reason)
    return step


def _seek(session: Session, step: int) -> Goal:
    playback = session.playback
    playback.pause()
    if step > playback.length:
        raise Refused(
            say(
                "the last step that was made is {last:,}, run to makes more",
                last=playback.length,
            )
        )
    playback.seek(step)
    return None


def _back(session: Session) -> Goal:
    playback = session.playback
    playback.pause()
    if playback.position == 0 and playback.phase is Phase.READY:
        raise Refused(say("this is step 0, where it all began"))
    playback.back()
    return None


def _predict(session: Session) -> Goal:
    session.playback.pause()
    if session.playback.phase is not Phase.READY:
        raise Refused(say("this step has its prediction already"))
    session.playback.predict()
    return None


def _compare(session: Session) -> Goal:
    session.playback.pause()
    if session.playback.phase is Phase.READY:
        raise Refused(say("predict comes before it"))
    if session.playback.phase is Phase.COMPARED:
        raise Refused(say("this step has been compared already"))
    if not session.state.is_labelled:
        raise Refused(say("the image has no label yet, label comes before it"))
    session.playback.compare()
    return None


def _learn(session: Session) -> Goal:
    playback = session.playback
    playback.pause()
    if playback.phase is not Phase.COMPARED:
        raise Refused(say("predict and compare come before it"))
    goal = playback.position + 1
    playback.learn()
    if playback.position < goal:
        raise Refused(playback.stop_reason)
    return None


def _reset(session: Session) -> Goal:
    session.playback.reset()
    return None


def _undo(session: Session) -> Goal:
    if not session.edits.can_undo:
        raise Refused(say("nothing was changed that could be taken back"))
    session.edits.undo()
    return None


def _redo(session: Session) -> Goal:
    if not session.edits.can_redo:
        raise Refused(say("nothing was taken back that could be made again"))
    session.edits.redo()
    return None


# -- changes -----------------------------------------------------------------------------------


def _check_alpha(session: Session, value: float) -> None:
    _check_edit(session, "alpha", (), (value,))


def _alpha(session: Session, value: float) -> Goal:
    session.edits.set_alpha(value)
    return None


def _check_weight(session: Session, letters: str, value: float) -> None:
    _check_edit(session, "weights", (_weight(session, letters),), (value,))


def _set_weight(session: Session, letters: str, value: float) -> Goal:
    session.edits.set_weight(*_weight(session, letters), value)
    return None


def _check_input(session: Session, name: str, value: float) -> None:
    column = _place(session.experiment.inputs, name, say("there is no input “{name}”", name=name))
    _check_edit(session, "inputs", ((0, column),), (value,))


def _set_input(session: Session, name: str, value: float) -> Goal:
    session.edits.set_input(session.experiment.inputs.index(name), value)
    return None


def _check_target(session: Session, name: str, value: float) -> None:
    _check_edit(session, "targets", ((0, _output(session, name)),), (value,))


def _set_target(session: Session, name: str, value: float) -> Goal:
    session.edits.set_target(_output(session, name), value)
    return None


def _freezing(frozen: bool) -> Deed:
    """Freeze or unfreeze: a weight by its letters, or pixels of an output's image."""

    def check(session: Session, name: str, region: Region | None = None) -> None:
        if region is None:
            _weight(session, name)
            return
        _output(session, name)
        rows, columns = shape = _image_shape(session)
        if not region.lies_in(shape):
            raise Refused(
                say(
                    "the images have rows 0 to {row} and columns 0 to {column}",
                    row=rows - 1,
                    column=columns - 1,
                )
            )

    def do(session: Session, name: str, region: Region | None = None) -> Goal:
        if region is None:
            session.edits.set_frozen(*_weight(session, name), frozen)
            return None
        output, (_, width) = _output(session, name), _image_shape(session)
        cells = [(output, column) for column in region.inputs(width)]
        if frozen:
            label = say("froze pixels of {output}", output=name)
        else:
            label = say("unfroze pixels of {output}", output=name)
        session.edits.edit("frozen", cells, [float(frozen)] * len(cells), label)
        return None

    return Deed(do, check)


def _check_draw(session: Session, what: int | Picture) -> None:
    drawn(what, _image_shape(session))


def _draw(session: Session, what: int | Picture) -> Goal:
    session.playback.pause()
    if isinstance(what, Picture):
        label = say("drew a picture")
    else:
        label = say("drew shipped digit {number:,}", number=what)
    image = drawn(what, _image_shape(session))
    session.edits.draw(session.state.setup.arranged(image), label)
    return None


def _check_label(session: Session, name: str) -> None:
    _image_shape(session)
    _output(session, name)


def _label(session: Session, name: str) -> Goal:
    session.playback.pause()
    session.edits.set_label(_output(session, name))
    return None


def _check_visit(session: Session, number: int) -> None:
    last = len(session.experiment.setup.examples)
    if number > last:
        raise Refused(say("there are examples 1 to {last:,}", last=last))


def _visit(session: Session, number: int) -> Goal:
    session.edits.visit(number - 1)
    return None


# -- what is looked at -------------------------------------------------------------------------


def _showing(name: str, on_images: bool = False) -> Deed:
    """Look at something else, by a name of the view that takes the value as it stands."""

    def check(session: Session, value: Any) -> None:
        if on_images:
            _image_shape(session)
        session.view.check(**{name: value})

    def do(session: Session, value: Any) -> Goal:
        session.view.show(**{name: value})
        return None

    return Deed(do, check)


def _check_panel(session: Session, key: str) -> None:
    session.view.check(panel=key)
    if key in panel_keys() and key not in panel_keys(session.experiment):
        raise Refused(
            say(
                "{experiment} has no panel “{key}”, it has {keys}",
                experiment=session.experiment.name,
                key=key,
                keys=", ".join(panel_keys(session.experiment)),
            )
        )


def _panel(session: Session, key: str) -> Goal:
    session.view.show(panel=key)
    return None


def _show_output(session: Session, name: str) -> Goal:
    session.view.show(output=_output(session, name))
    return None


def _check_select(session: Session, name: str) -> None:
    part(session.experiment, name)


def _select(session: Session, name: str) -> Goal:
    session.view.show(part=name)
    return None


def _check_slip(_: Session, key: str) -> None:
    check_slip(key)


def _slip(session: Session, key: str) -> Goal:
    session.view.show(slip=check_slip(key))
    return None


def _check_space(session: Session, name: str) -> None:
    wanted = to_show(check_asked(name), session.view.space, session.experiment, 0)
    session.view.check(space=wanted)


def _space(session: Session, name: str) -> Goal:
    view = session.view
    view.show(space=to_show(check_asked(name), view.space, session.experiment, view.output))
    return None


# -- names on this bench -----------------------------------------------------------------------


def _weight(session: Session, letters: str) -> tuple[int, int]:
    return weight_cell(session.experiment, letters)


def _output(session: Session, name: str) -> int:
    return _place(session.experiment.outputs, name, say("there is no output “{name}”", name=name))


def _place(names: tuple[str, ...], name: str, fault: str) -> int:
    if name not in names:
        raise Refused(fault)
    return names.index(name)


def _image_shape(session: Session) -> tuple[int, int]:
    experiment: Experiment = session.experiment
    if experiment.image_shape is None:
        raise Refused(say("{name} has no images; Digits, 8x8 has some", name=experiment.name))
    return experiment.image_shape


def _check_edit(
    session: Session, kind: str, at: tuple[tuple[int, int], ...], to: tuple[float, ...]
) -> None:
    try:
        check_edit(session.experiment.setup, Edit(0, kind, to, at))
    except EditError as error:
        raise Refused(str(error)) from error


DEEDS = {
    "step": Deed(_step),
    "back": Deed(_back),
    "predict": Deed(_predict),
    "compare": Deed(_compare),
    "learn": Deed(_learn),
    "seek": Deed(_seek),
    "run to": Deed(_run_to),
    "reset": Deed(_reset),
    "undo": Deed(_undo),
    "redo": Deed(_redo),
    "speed": _showing("speed"),
    "alpha": Deed(_alpha, _check_alpha),
    "weight": Deed(_set_weight, _check_weight),
    "input": Deed(_set_input, _check_input),
    "target": Deed(_set_target, _check_target),
    "freeze": _freezing(True),
    "unfreeze": _freezing(False),
    "draw": Deed(_draw, _check_draw),
    "label": Deed(_label, _check_label),
    "visit": Deed(_visit, _check_visit),
    "panel": Deed(_panel, _check_panel),
    "output": Deed(_show_output, _output),
    "select": Deed(_select, _check_select),
    "slip": Deed(_slip, _check_slip),
    "space": Deed(_space, _check_space),
    "quantity": _showing("quantity", on_images=True),
    "scale": _showing("scale", on_images=True),
    "one scale": _showing("one_scale"),
    "hot and cold": _showing("hot_and_cold"),
}

"""The look of the controls in panels that differ from those elsewhere.

They are rules of the one style sheet: with a sheet of a widget's own, all that lie in it would be
styled once more whenever the theme changes. Each names the object it is for, as rules of a button's
own name would come before it otherwise.
"""

from __future__ import annotations

from gui.look.dialogs import Colours


def control_rules(theme: Colours) -> str:
    """Rules for the buttons and fields of single panels."""
    return "\n".join(
        (_transport_rules(theme), _image_rules(theme), _examples_rules(theme), _player_rules(theme))
    )


def _transport_rules(theme: Colours) -> str:
    """The buttons of time; where there is little room they are tight."""
    t, px = theme, theme.px
    # Beside a text, and beside the text of a part; one pixel goes to a border that grows.
    high, side, tight = px(6), px(13), px(8)
    part, tight_part, radius = px(11), px(7), px(7)
    return f"""
    #transport QPushButton {{ padding: {high}px {side}px; }}
    #transport QPushButton:focus {{ padding: {high - 1}px {side - 1}px; }}
    #transport[tight="true"] QPushButton {{ padding: {high}px {tight}px; }}
    #transport[tight="true"] QPushButton:focus {{ padding: {high - 1}px {tight - 1}px; }}
    #transport QPushButton#segment {{ border-radius: 0; border-left-width: 0;
        padding: {high}px {part}px; }}
    #transport[tight="true"] QPushButton#segment {{ padding: {high}px {tight_part}px; }}
    #transport QPushButton#segment:disabled {{ color: {t.muted}; border-color: {t.outline};
        background: {t.raised}; font-weight: 400; }}
    #transport QPushButton#segment[place="first"] {{ border-left-width: 1px;
        border-top-left-radius: {radius}px; border-bottom-left-radius: {radius}px; }}
    #transport QPushButton#segment[place="last"] {{
        border-top-right-radius: {radius}px; border-bottom-right-radius: {radius}px; }}
    #transport QPushButton#segment[current="true"] {{ background: {t.accent_wash};
        color: {t.accent}; font-weight: 600; }}
    #transport QPushButton#segment:focus {{ border: 2px solid {t.accent};
        padding: {high - 1}px {part - 1}px; }}
    #transport[tight="true"] QPushButton#segment:focus {{
        padding: {high - 1}px {tight_part - 1}px; }}
    """


def _image_rules(theme: Colours) -> str:
    """The card of the image is narrow; ten labels stand in its width."""
    t, px = theme, theme.px
    label = f"padding: {px(3)}px 0px; min-width: {px(12)}px;"
    return f"""
    InputImage#panel QToolButton, InputImage#panel QToolButton:focus {{
        padding: {px(3)}px {px(2)}px; }}
    InputImage#panel QToolButton:disabled {{ color: {t.outline}; }}
    InputImage#panel TargetRow QToolButton, InputImage#panel TargetRow QToolButton:focus {{
        {label} }}
    InputImage#panel TargetRow[asking="true"] QToolButton {{ background: {t.accent_wash}; }}
    """


def _examples_rules(theme: Colours) -> str:
    """The tools beside the images of the examples, all in one row."""
    px = theme.px
    button = f"padding: {px(2)}px {px(5)}px; min-width: {px(9)}px;"
    return f"""
    QWidget#example_tools QToolButton, QWidget#example_tools QToolButton:focus {{ {button} }}
    QWidget#example_tools QLineEdit {{ padding: {px(2)}px {px(6)}px; }}
    """


def _player_rules(theme: Colours) -> str:
    """The buttons that play an addition, in a row of little height."""
    px = theme.px
    high, side, tool_high, tool_side = px(4), px(10), px(5), px(7)
    return f"""
    #addition_player QPushButton {{ padding: {high}px {side}px; }}
    #addition_player QPushButton:focus {{ padding: {high - 1}px {side - 1}px; }}
    #addition_player QToolButton {{ padding: {tool_high}px {tool_side}px; }}
    #addition_player QToolButton:focus {{ padding: {tool_high - 1}px {tool_side - 1}px; }}
    """

"""What is handed in: the words that were read, and how it went."""

from __future__ import annotations

from gui.session.lesson import LessonPlayer
from gui.session.teaching.handing_in import answers_of
from model.lessons.library import load
from tests.gui.helpers.bench import builtin


def test_each_answer_is_there_with_its_question_in_words() -> None:
    session = builtin("Several steps")
    player = LessonPlayer(session, parent=session)
    lesson = load("one-delta")
    player.open(lesson, 1)
    wrong = next(choice for choice in lesson.page(1).predicts[0].choices if choice.reveals)
    player.answer(wrong.id, sure="think")
    player.hint()
    player.open(lesson, 2)
    player.answer("-0,14")

    answers = answers_of(lesson, player.record, "  Ada   Lovelace ")

    first, second = answers.answers
    assert answers.name == "Ada Lovelace"
    assert first.question == "How many such differences does Compare work out here?"
    assert (first.right, first.reveals, first.sure) == (False, wrong.reveals, "think")
    assert "{{" not in first.said
    assert "**" not in first.question
    assert (second.said, second.right, second.page) == ("-0,14", False, 2)
    assert answers.pages[0].hints == 1

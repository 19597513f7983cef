"""Whether a lesson is true and can be done: every number, answer, claim and solution is tried."""

from model.lessons.check.checker import check_lesson, check_text, counts_of

__all__ = ["check_lesson", "check_text", "counts_of"]

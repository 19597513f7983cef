"""Which pages are asked once more: those about what the learner missed, or else a mixture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from gui.session.lesson.record import Records
from model.lessons.lesson import Lesson, Page


def to_be_asked(lesson: Lesson, records: Records) -> Lesson:
    """The lesson with the pages that this learner is asked; any other lesson as it is.

    The choice is kept with the record of the lesson, until it is finished or forgotten.
    """
    if not lesson.again:
        return lesson
    record = records.of(lesson.id)
    there = all(1 <= number <= len(lesson.pages) for number in record.asked)
    if not record.asked or not there:
        record.asked = chosen(lesson, missed(records, lesson.id))
        record.page, record.pages = 1, {}
        records.note()
    return lesson.of_pages(record.asked)


def missed(records: Records, but: str) -> Counter[str]:
    """How often each misconception was shown, in all lessons but one."""
    return Counter(
        answer.reveals
        for name, record in records.all()
        if name != but
        for answer in record.answers.values()
        if answer.reveals
    )


def chosen(lesson: Lesson, shown: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of the pages to be asked, in their order.

    One page after the other is taken that can reveal the most of what was shown and is not asked
    about yet; what is missing then comes from all over the lesson.
    """
    count = min(lesson.again, len(lesson.pages))
    left, found = dict(shown), list[int]()
    while left and len(found) < count:
        best = max(lesson.pages, key=lambda page: sum(left.get(one, 0) for one in reveals(page)))
        about = reveals(best) & left.keys()
        if not about:
            break
        found.append(best.number)
        left = {one: times for one, times in left.items() if one not in about}
    others = [page.number for page in lesson.pages if page.number not in found]
    lacking = count - len(found)
    found += [others[at * len(others) // lacking] for at in range(lacking)]
    return tuple(sorted(found))


def reveals(page: Page) -> set[str]:
    """The misconceptions that answers of a page show."""
    named = [one.reveals for predict in page.predicts for one in predict.choices]
    named += [one.reveals for predict in page.predicts for one in predict.wrongs]
    return {idea for idea in named if idea is not None}

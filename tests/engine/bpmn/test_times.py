"""Times written in a diagram: what may be published runs, as ISO 8601 says; what cannot run may not be published."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn.lint import Known, lint, read_diagram
from engine.bpmn.reading import parse_diagram
from engine.bpmn.times import is_readable
from tests.engine.bpmn.diagrams import boundary, catch, end, file, path, process, simple, start, timer, user
from tests.engine.bpmn.story import T0, Story, bundle

DUE = {
    ("timeDuration", "P2W"): datetime(2026, 1, 15, 9, tzinfo=UTC),
    ("timeDuration", "P1Y2M3DT4H"): datetime(2027, 3, 4, 13, tzinfo=UTC),
    ("timeDuration", "P1M"): datetime(2026, 2, 1, 9, tzinfo=UTC),
    ("timeDuration", "P1M2W"): datetime(2026, 2, 15, 9, tzinfo=UTC),
    ("timeDuration", "P0Y1D"): datetime(2026, 1, 2, 9, tzinfo=UTC),
    ("timeDuration", "PT36H"): datetime(2026, 1, 2, 21, tzinfo=UTC),
    ("timeDuration", "PT0.5S"): T0 + timedelta(milliseconds=500),
    ("timeDuration", "PT0S"): T0,
    ("timeDate", "20260201T100000Z"): datetime(2026, 2, 1, 10, tzinfo=UTC),
    ("timeDate", "2026-02-01T10:00Z"): datetime(2026, 2, 1, 10, tzinfo=UTC),
    ("timeDate", "2026-02-01T10:00:00+03:00"): datetime(2026, 2, 1, 7, tzinfo=UTC),
    ("timeDate", "2026-02-01T10:00:00@Asia/Gaza"): datetime(2026, 2, 1, 8, tzinfo=UTC),
    ("timeDate", "2026-W05-1T10:00:00Z"): datetime(2026, 1, 26, 10, tzinfo=UTC),
    ("timeCycle", "R/P1W"): datetime(2026, 1, 8, 9, tzinfo=UTC),
    ("timeCycle", "R/P1M1D"): datetime(2026, 2, 2, 9, tzinfo=UTC),
    ("timeCycle", "R3/2026-01-05T09:00:00Z/P1W"): datetime(2026, 1, 5, 9, tzinfo=UTC),
    ("timeCycle", "R/2026-01-05T09:00:00@Asia/Gaza/PT1H"): datetime(2026, 1, 5, 7, tzinfo=UTC),
}
UNREADABLE = (
    ("timeDuration", "-PT1H"), ("timeDuration", "P0.5D"), ("timeDuration", "P"), ("timeDuration", "P1DT"),
    ("timeDuration", "PT"), ("timeDuration", "1H"), ("timeDuration", "P201Y"), ("timeDuration", "P999999D"),
    ("timeDuration", "P١D"),
    ("timeCycle", "R0/PT1H"), ("timeCycle", "R-1/PT1H"), ("timeCycle", "R/PT0S"), ("timeCycle", "0 0 9 * * MON"),
    ("timeCycle", "R3/PT1H/2026-12-01T00:00:00Z"), ("timeCycle", "R/2026-13-05T09:00:00Z/PT1H"),
    ("timeCycle", "R/2026-01-05/PT1H"),
    ("timeDate", "2026-13-01T00:00:00Z"), ("timeDate", "2026-02-30T10:00:00Z"), ("timeDate", "2026-02-01"),
    ("timeDate", "2026-02-01T10:00:00@Nowhere/None"), ("timeDate", "P1D"),
)
LOCAL = (("timeDate", "2026-02-01T10:00:00"), ("timeCycle", "R/2026-01-05T09:00:00/PT1H"))
"""Without a zone: they run, in the zone of the place, but a diagram has to say it."""


def drawn(form: str, text: str) -> bytes:
    return simple("p", catch("t", timer(**{form: text})), user("z"), ids=["t", "z"])


def refused(form: str, text: str) -> bool:
    found = lint(read_diagram(parse_diagram(drawn(form, text))), "p.bpmn", Known())
    return any(one.rule == "timer-unreadable" for one in found)


@pytest.mark.parametrize(("form", "text"), DUE)
def test_what_may_be_published_is_due_when_the_standard_says(form: str, text: str) -> None:
    assert not refused(form, text)
    for said in (text, f'="{text}"'):
        story = Story(bundle(drawn(form, said)))
        assert story.wait("t").due == DUE[form, text] and not story.out.incidents


@pytest.mark.parametrize(("form", "text"), UNREADABLE)
def test_what_cannot_run_may_not_be_published_and_is_an_incident_where_it_was(form: str, text: str) -> None:
    assert refused(form, text)
    assert not is_readable(form, text)
    if text not in ("2026-02-01", "P1D"):  # FEEL may give a day, or a duration for a date
        story = Story(bundle(drawn(form, f'="{text}"')))
        assert [one.element for one in story.out.incidents] == ["t"]


@pytest.mark.parametrize(("form", "text"), LOCAL)
def test_a_moment_in_a_diagram_names_its_zone(form: str, text: str) -> None:
    assert refused(form, text)
    assert Story(bundle(drawn(form, text))).waits == ["t"]


def test_a_cycle_by_calendar_and_clock_keeps_its_rhythm() -> None:
    beside = boundary("B", "a", timer(timeCycle="R3/P1M2DT1H"), False)
    story = Story(bundle(file(process("p", start(), user("a"), beside, user("h"), end(), path("S", "a", "E"),
                                      path("B", "h", "E")))))
    dues = []
    for _ in range(3):
        dues.append(story.wait("B").due)
        story.fire("B")
    assert dues == [datetime(2026, 2, 3, 10, tzinfo=UTC), datetime(2026, 3, 5, 11, tzinfo=UTC),
                    datetime(2026, 4, 7, 12, tzinfo=UTC)]
    assert story.waits == []
    story.replay()


@pytest.mark.parametrize(("said", "first", "then"), [
    ("R/2020-01-01T00:00:00Z/PT1H", datetime(2026, 1, 1, 9, tzinfo=UTC), datetime(2026, 1, 1, 10, tzinfo=UTC)),
    ("R/2020-01-15T00:00:00Z/P1M", datetime(2025, 12, 15, tzinfo=UTC), datetime(2026, 1, 15, tzinfo=UTC)),
    ("R2/2025-12-31T09:00:00Z/P1D", datetime(2026, 1, 1, 9, tzinfo=UTC), None),
    ("R2/2020-01-01T00:00:00Z/P1D", datetime(2020, 1, 2, tzinfo=UTC), None),
])
def test_of_the_past_of_a_cycle_only_the_last_time_is_made_up_for(said: str, first: datetime, then: object) -> None:
    beside = boundary("B", "a", timer(timeCycle=said), False)
    story = Story(bundle(file(process("p", start(), user("a"), beside, user("h"), end(), path("S", "a", "E"),
                                      path("B", "h", "E")))))
    assert story.wait("B").due == first
    story.fire("B")
    assert [one.due for one in story.out.waits] == ([] if then is None else [then])


def test_due_dates_of_work_are_read_by_the_same_words() -> None:
    for text, due in (("P2W", timedelta(14)), ("20260103T090000Z", timedelta(2)), ("PT1H", timedelta(hours=1))):
        story = Story(bundle(simple("p", user("a", due=text, follow_up=text), ids=["a"])))
        assert (story.item("a").due, story.item("a").follow_up) == (T0 + due, T0 + due) and not story.out.incidents

"""What is waited for: timers and messages, on borders, behind gateways and in event sub-processes."""

from datetime import datetime, timedelta

import pytest

from engine.bpmn import NotOpen, commands
from tests.engine.bpmn.diagrams import (
    boundary,
    call,
    catch,
    each,
    end,
    error,
    error_event,
    file,
    flow,
    gateway,
    mapping,
    message,
    message_event,
    path,
    process,
    receive,
    simple,
    start,
    sub,
    tag,
    timer,
    user,
)
from tests.engine.bpmn.story import T0, Story, bundle

NEWS = message("m_news", "news", "=case_number")


def hosted(*borders: str, more: str = "") -> bytes:
    """A work item `a` with events on its border, each leading to a work item of its own name with `_then`."""
    names = [border.split('id="')[1].split('"')[0] for border in borders]
    return file(NEWS, more, process(
        "p", start(), user("a", inputs={"limit": "=days"}), user("z"), end(), path("S", "a", "z", "E"), *borders,
        *(user(f"{name}_then") + path(name, f"{name}_then") for name in names)))


def test_an_interrupting_timer_takes_the_work_item_away_and_the_log_says_so() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDuration="=duration(limit)")))), days="P3D")
    assert story.wait("late").due == T0 + timedelta(days=3) and story.wait("late").kind == "timer"
    story.fire("late")
    assert story.items == ["late_then"] and story.waits == []
    assert story.logged("cancelled") == ["a"] and story.logged("fired") == ["late"]
    story.replay()


def test_a_timer_cannot_fire_before_it_is_due_or_twice() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDuration="P3D")))), days=0)
    wait = commands.Fire(story.wait("late").id)
    with pytest.raises(NotOpen):
        story.do(wait, days=2)
    story.do(wait, days=1)
    with pytest.raises(NotOpen):
        story.do(wait)


def test_completing_the_work_item_takes_its_events_away() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDate="2026-03-01T00:00:00Z")),
                                boundary("news", "a", message_event("m_news"), False))), days=0, case_number="C1")
    assert story.wait("late").due == datetime.fromisoformat("2026-03-01T00:00:00+00:00")
    assert (story.wait("news").name, story.wait("news").key) == ("news", "C1")
    story.complete("a")
    assert story.items == ["z"] and not story.waits and story.logged("cancelled") == []


def test_a_message_that_does_not_interrupt_may_come_again_and_again() -> None:
    story = Story(bundle(hosted(boundary("news", "a", message_event("m_news"), False, {"last": "=report.n"}))),
                  days=0, case_number="C1")
    seen = [story.wait("news").id]
    for n in (1, 2, 3):
        story.fire("news", report={"n": n})
        seen.append(story.wait("news").id)
    assert len(set(seen)) == 4 and story.items == ["a", *["news_then"] * 3]
    assert story.variables["last"] == 3 and "report" not in story.variables
    story.complete("a")
    assert story.items == ["news_then"] * 3 + ["z"]


def test_a_cycle_counts_from_its_last_time_however_late_it_was_seen_and_ends() -> None:
    story = Story(bundle(hosted(boundary("remind", "a", timer(timeCycle="R3/P1D"), False))), days=0)
    story.do(commands.Fire(story.wait("remind").id), days=1, hours=5)
    assert story.wait("remind").due == T0 + timedelta(days=2)
    story.do(commands.Fire(story.wait("remind").id), days=5)
    assert story.wait("remind").due == T0 + timedelta(days=3)
    story.fire("remind")
    assert story.waits == [] and story.items == ["a"] + ["remind_then"] * 3


@pytest.mark.parametrize(("said", "first", "second"), [
    ("R/PT1H", "2026-01-01T10:00:00+00:00", "2026-01-01T11:00:00+00:00"),
    ("=duration(\"P1M\")", "2026-02-01T09:00:00+00:00", "2026-03-01T09:00:00+00:00"),
    ("R2/2026-05-31T00:00:00Z/P1M", "2026-05-31T00:00:00+00:00", "2026-06-30T00:00:00+00:00"),
])
def test_cycles_are_written_in_several_ways(said: str, first: str, second: str) -> None:
    story = Story(bundle(hosted(boundary("r", "a", timer(timeCycle=said), False))), days=0)
    assert story.wait("r").due.isoformat() == first
    story.fire("r")
    assert story.wait("r").due.isoformat() == second


@pytest.mark.parametrize("said", ["R0/P1D", "R2/P0D", "tomorrow", "R/-P1D", "=null", "=5"])
def test_a_cycle_that_makes_no_sense_is_an_incident_on_the_event_alone(said: str) -> None:
    story = Story(bundle(hosted(boundary("r", "a", timer(timeCycle=said), False))), days=0)
    assert [i.element for i in story.out.incidents] == ["r"] and story.items == ["a"]
    story.complete("a")
    assert story.items == ["z"] and not story.out.incidents


def test_a_failed_timer_can_be_tried_again() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDuration="=wait")))), days=0)
    story.do(commands.Amend({"wait": "P2D"}))
    story.do(commands.Retry(story.out.incidents[0].id), hours=1)
    assert story.wait("late").due == T0 + timedelta(days=2, hours=1) and not story.out.incidents


def test_events_on_a_multi_instance_belong_to_all_its_items_together() -> None:
    story = Story(bundle(file(NEWS, process(
        "p", start(), user("a", each("=[1, 2]", "n")), user("z"), path("S", "a", "z"),
        boundary("off", "a", message_event("m_news")), user("y"), path("off", "y")))), case_number="C1")
    assert story.items == ["a", "a"] and story.waits == ["off"]
    story.fire("off")
    assert story.items == ["y"] and story.logged("cancelled") == ["a", "a", "a"]


def test_interrupting_a_call_takes_everything_inside_away() -> None:
    inner = simple("q", sub("sp", start("s"), user("deep"), path("s", "deep"),), ids=["sp"])
    story = Story(bundle(file(NEWS, process(
        "p", start(), call("c", "q", each("=[1, 2]", "n")), path("S", "c"),
        boundary("off", "c", message_event("m_news")), user("y"), path("off", "y"))), inner), case_number="C1")
    assert story.items == ["deep", "deep"]
    story.fire("off")
    assert story.items == ["y"]
    assert story.logged("cancelled") == ["deep", "sp", "c", "deep", "sp", "c", "c"]


def race() -> bytes:
    return file(NEWS, process(
        "p", start(), gateway("eventBased", "g"), catch("hour", timer(timeDuration="PT1H")),
        catch("days", timer(timeDuration='=duration("P" + string(n) + "D")')), catch("news", message_event("m_news")),
        receive("mail", "m_news"), path("S", "g"), *(path("g", name, f"{name}_then") + user(f"{name}_then")
                                                     for name in ("hour", "days", "news", "mail"))))


@pytest.mark.parametrize("first", ["hour", "days", "news", "mail"])
def test_behind_an_event_gateway_the_first_event_wins(first: str) -> None:
    story = Story(bundle(race()), n=2, case_number="C1")
    assert story.waits == ["days", "hour", "mail", "news"]
    assert story.wait("days").due == T0 + timedelta(days=2)
    story.fire(first, word="hello")
    assert story.items == [f"{first}_then"] and not story.waits and story.variables["word"] == "hello"
    story.complete(f"{first}_then")
    assert story.out.finished
    story.replay()


def esp(id: str, definition: str, interrupting: bool, *nodes: str, outputs: dict[str, str] | None = None) -> str:
    from_start = start(f"{id}_s", tag("extensionElements", None, mapping(None, outputs)) if outputs else "", definition,
                       isInterrupting=str(interrupting).lower())
    return sub(id, from_start, *nodes, user(f"{id}_item", word="=word"), path(f"{id}_s", f"{id}_item"), event=True)


def with_esps() -> bytes:
    return file(NEWS, error("e", "E42"), process(
        "p", start(), user("main"), user("last"), end(), sub(
            "sp", start("s"), user("inner"), gateway("exclusive", "x", "x__ok"), end("ok"),
            end("boom", error_event("e")),
            path("s", "inner", "x", "ok"), flow("x", "boom", when="=inner.bad")),
        path("S", "main", "sp", "last", "E"), esp("note", message_event("m_news"), False),
        esp("late", timer(timeDuration="P10D"), True), esp("broken", error_event("e"), True)))


def test_an_event_subprocess_that_does_not_interrupt_runs_beside_and_holds_the_process_open() -> None:
    story = Story(bundle(with_esps()), case_number="C1")
    assert story.waits == ["late_s", "note_s"] and story.items == ["main"]
    story.fire("note_s", word="one")
    story.fire("note_s", word="two")
    assert [item.properties["word"] for item in story.out.items if item.element == "note_item"] == ["one", "two"]
    assert "word" not in story.variables, "what came with the message belongs to that run alone"
    story.complete("main")
    story.complete("inner", bad=False)
    story.complete("last")
    assert story.items == ["note_item"] * 2 and story.waits == ["late_s", "note_s"]
    story.complete("note_item")
    assert not story.out.finished
    assert story.complete("note_item").finished
    story.replay()


def test_an_event_subprocess_that_interrupts_takes_everything_else_away() -> None:
    story = Story(bundle(with_esps()), case_number="C1")
    story.complete("main")
    story.fire("note_s")
    story.fire("late_s")
    assert story.items == ["late_item"] and not story.waits
    story.complete("late_item")
    assert story.out.finished


def test_an_error_goes_outwards_to_the_nearest_event_subprocess() -> None:
    story = Story(bundle(with_esps()), case_number="C1")
    story.complete("main")
    story.complete("inner", bad=True)
    assert story.items == ["broken_item"] and story.logged("thrown") == ["boom"]
    story.complete("broken_item")
    assert story.out.finished


def test_the_start_of_an_event_subprocess_may_map_what_came_to_the_outside() -> None:
    story = Story(bundle(file(NEWS, process("p", start(), user("main"), path("S", "main"), esp(
        "note", message_event("m_news"), False, outputs={"heard": "=word"})))), case_number="C1")
    story.fire("note_s", word="one")
    assert story.variables["heard"] == "one" and "word" not in story.variables

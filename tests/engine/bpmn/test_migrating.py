"""Running cases under a newer version: what stays, what moves, and what says why it does not."""

from datetime import timedelta
from typing import Any

import pytest

from engine.bpmn import Bundle, commands
from engine.bpmn.migrating import CannotMove, Place, Plan, ProcessPlan, judge, migrate, propose
from tests.engine.bpmn import diagrams as d
from tests.engine.bpmn.moved import play_between, play_identity, play_twins
from tests.engine.bpmn.story import Story, bundle, check_state

MSG = d.message("msg", "news") + d.message("msg2", "other news")


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_a_move_to_the_same_version_changes_nothing_at_all(first: int) -> None:
    assert sum(play_identity(seed) for seed in range(first, first + 20)) > 20


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_under_other_ids_a_case_goes_on_as_its_twin_that_was_not_moved(first: int) -> None:
    assert sum(play_twins(seed) for seed in range(first, first + 20)) > 5


@pytest.mark.parametrize("first", range(0, 60, 30))
def test_between_any_two_processes_a_case_is_moved_whole_or_not_at_all(first: int) -> None:
    ends = [play_between(seed) for seed in range(first, first + 30)]
    assert ends.count(True) > 2
    assert ends.count(False) > 2


def plan(**places: Any) -> Plan:
    """A plan for the process p: element=target, None, or a Place."""
    return Plan({"p": ProcessPlan("p", {
        old: to if isinstance(to, Place) else Place(to) for old, to in places.items()})})


def moved(story: Story, after: Bundle, by: Plan | None = None) -> Story:
    """The story goes on under another version."""
    assert story.state is not None
    by = by if by is not None else propose(story.bundle, after)
    assert not [one for one in judge(story.bundle, after, by) if one.severity == "error"]
    story.out = migrate(story.bundle, after, story.state, commands.Migrate(by.told().document()), story.now)
    story.bundle, story.state = after, story.out.state
    check_state(story.out)
    return story


def refused(story: Story, after: Bundle, by: Plan) -> list[tuple[str, str]]:
    """Why the story stays, as keys and elements."""
    assert story.state is not None
    with pytest.raises(CannotMove) as problem:
        migrate(story.bundle, after, story.state, commands.Migrate(by.told().document()), story.now)
    return [(one.key, one.element) for one in problem.value.reasons]


def line(*users: str, **more: str) -> Bundle:
    """Work items one after the other."""
    due, assignee, form = more.get("due"), more.get("assignee"), more.get("form")
    return bundle(d.file(MSG, d.process(
        "p", d.start(), d.end(), *(d.user(id, form=form, due=due, assignee=assignee) for id in users),
        d.path("S", *users, "E"), more.get("also", ""))))


def test_a_new_step_behind_comes_when_the_case_gets_there() -> None:
    story = moved(Story(line("a", "b")), line("a", "x", "b"))
    assert story.items == ["a"]
    story.complete("a")
    assert story.items == ["x"]


def test_a_renamed_step_keeps_its_id_and_its_answers_bear_the_new_name() -> None:
    story = Story(line("a", "b", form="f"))
    story.complete("a", v=7)
    id = story.item("b").id
    by = Plan({"p": ProcessPlan("p", {"a": Place("c"), "b": Place("e2")}, {}, {"a": "c"})})
    moved(story, line("c", "e2", form="f"), by)
    assert (story.item("e2").id, dict(story.variables)) == (id, {"c": {"v": 7}})


def test_what_was_renamed_is_found_by_its_likeness_and_what_is_ambiguous_is_not() -> None:
    old, new = line("a", "b", form="f"), line("a", "renamed", form="f")
    assert propose(old, new).document() == {
        "p": {"to": "p", "elements": {"b": "renamed"}, "variables": {"b": "renamed"}}}
    assert propose(line("a"), line("x", "y")).document()["p"]["elements"] == {"a": None}
    assert propose(old, old).document() == {}


def test_a_due_date_stays_until_what_it_depends_on_changes_unless_the_plan_says_otherwise() -> None:
    old, new = line("a", due="=opened_at + duration(\"P5D\")"), line(
        "a", due="=opened_at + (if risk = \"high\" then duration(\"P1D\") else duration(\"P9D\"))")
    story = Story(old)
    due = story.item("a").due
    moved(story, new)
    assert story.item("a").due == due
    story.do(commands.Amend({"other": 1}), days=1)
    assert story.item("a").due == due
    story.do(commands.Amend({"risk": "high"}), hours=1)
    assert story.item("a").due == due - timedelta(days=4)
    anew = moved(Story(old), new, plan(a=Place("a", recompute=True)))
    assert anew.item("a").due == due + timedelta(days=4)


def test_who_has_it_stays_who_has_it() -> None:
    story = moved(Story(line("a", assignee="mona")), line("a", assignee="karim"))
    assert story.item("a").assignee == "mona"
    again = moved(story, line("a", assignee="samer"))
    assert again.item("a").assignee == "mona"
    assert moved(story, line("a", assignee="samer"), plan(a=Place("a", recompute=True))).item("a").assignee == "samer"


def bordered(after: str, interrupting: bool = False) -> Bundle:
    return line("a", also=d.boundary("late", "a", d.timer(timeDuration=after), interrupting) + d.user("remind")
                + d.end("E2") + d.path("late", "remind", "E2"))


def test_a_new_event_on_a_border_begins_to_wait_and_one_that_happened_does_not_again() -> None:
    story = moved(Story(line("a")), bordered("P1D"))
    assert story.waits == ["late"]
    story.fire("late")
    assert story.open == ["a", "remind"]
    assert moved(story, bordered("P2D")).open == ["a", "remind"]


def test_a_timer_keeps_its_time_unless_the_plan_computes_it_from_when_it_began() -> None:
    story = Story(bordered("P1D"))
    due = story.wait("late").due
    story.do(commands.Amend({"x": 1}), hours=5)
    assert moved(story, bordered("P3D")).wait("late").due == due
    assert moved(story, bordered("P2D"), plan(late=Place("late", recompute=True))).wait("late").due == due + timedelta(
        days=1)


def test_an_event_that_is_gone_takes_a_decision() -> None:
    old, new = bordered("P1D"), line("a")
    assert ("no-target", "late") in [(one.rule, one.element) for one in judge(old, new, propose(old, new))]
    assert refused(Story(old), new, propose(old, new)) == [("no-target", "late")]
    by = plan(late=Place(drop=True), remind=None)
    assert moved(Story(old), new, by).open == ["a"]


def split(inputs: dict[str, str]) -> Bundle:
    """The step b as a called process of its own."""
    return bundle(
        d.file(d.process("p", d.start(), d.end(), d.user("a"), d.call("calls", "q", inputs=inputs),
                         d.path("S", "a", "calls", "E"))),
        d.file(d.process("q", d.start(), d.end(), d.user("b", form="f", who="=who"), d.path("S", "b", "E"))))


def test_a_step_that_was_split_off_is_entered_with_the_inputs_of_its_process() -> None:
    story = Story(line("a", "b", form="f"), who="mona")
    story.complete("a")
    id, after = story.item("b").id, split({"who": "=who"})
    by = propose(story.bundle, after)
    assert by.document()["p"]["elements"] == {"b": "calls/b"}
    moved(story, after)
    assert (story.item("b").id, story.item("b").process, story.item("b").properties) == (id, "q", {"who": "mona"})
    story.complete("b")
    assert story.out.finished


def test_what_runs_inside_goes_with_what_it_runs_in() -> None:
    """The state is one that loads: what was moved deeper is older than what it lies in."""
    inner = d.file(d.process("r", d.start(), d.end(), d.user("deep"), d.path("S", "deep", "E")))
    call = d.call("low", "r")
    old = bundle(d.file(d.process("p", d.start(), d.end(), call, d.path("S", "low", "E"))), inner)
    new = bundle(d.file(d.process("p", d.start(), d.end(), d.sub(
        "box", d.start("s2"), d.end("e2"), call, d.path("s2", "low", "e2")), d.path("S", "box", "E"))), inner)
    story = moved(Story(old), new)
    story.do(commands.Amend({"x": 1}))
    assert story.complete("deep").finished


def branches(*names: str) -> Bundle:
    """Work items side by side."""
    fork = d.gateway("parallel", "fork") + d.gateway("parallel", "join")
    return bundle(d.file(d.process(
        "p", d.start(), d.end(), fork, d.path("S", "fork"), d.user("last"), d.path("join", "last", "E"),
        *(d.user(one) + d.path("fork", one, "join") for one in names))))


def test_a_branch_that_is_gone_is_dropped_by_somebody_and_the_join_waits_no_longer() -> None:
    story = Story(branches("a", "b", "c"))
    story.complete("a")
    assert refused(story, branches("a", "b"), propose(story.bundle, branches("a", "b"))) == [("no-target", "c")]
    moved(story, branches("a", "b"), plan(c=Place(drop=True)))
    assert story.items == ["b"]
    assert story.complete("b").items[0].element == "last"


def test_when_a_join_is_gone_what_waited_there_goes_on_where_the_plan_says() -> None:
    story = Story(branches("a", "b"))
    story.complete("a")
    by = plan(b=Place(drop=True), join="last")
    assert moved(story, line("a", "last"), by).items == ["last"]
    story = Story(branches("a", "b", "c"))
    story.complete("c")
    assert refused(story, branches("a", "b"), plan(c=None)) == [("arrow-gone", "join")]


def test_members_of_a_list_keep_theirs_and_only_go_to_a_list() -> None:
    def many(id: str, item: str, sequential: bool = False) -> Bundle:
        user = d.user(id, d.each("=people", item, "out", f"={id}.v", sequential), who=f"={item}", form="f")
        return bundle(d.file(d.process("p", d.start(), d.end(), user, d.path("S", id, "E"))))

    story = Story(many("visit", "person"), people=["x", "y", "z"])
    story.complete("visit", 1, v=1)
    story = moved(story, many("home", "child"))
    assert [item.properties["who"] for item in story.out.items] == ["x", "z"]
    story.complete("home", 0, v=5)
    story.complete("home", 0, v=6)
    assert story.variables["out"] == [5, 1, 6]
    fresh = Story(many("visit", "person"), people=["x"])
    assert refused(fresh, many("visit", "person", True), Plan()) == [("items-differ", "visit")]
    assert refused(fresh, line("visit"), Plan()) == [("items-differ", "visit")]


def test_events_that_race_do_so_with_the_new_ones() -> None:
    def race(*events: str) -> Bundle:
        kinds = {"m": d.message_event("msg"), "t": d.timer(timeDuration="P1D"), "n": d.message_event("msg2")}
        parts = [d.catch(one, kinds[one]) + d.path("gate", one, "E") for one in events]
        return bundle(d.file(MSG, d.process(
            "p", d.start(), d.end(), d.gateway("eventBased", "gate"), d.path("S", "gate"), *parts)))

    story = moved(Story(race("m", "t")), race("m", "t", "n"))
    assert story.waits == ["m", "n", "t"]
    story.fire("n")
    assert story.out.finished


def test_what_waited_at_a_join_and_goes_on_at_an_event_races_with_the_others() -> None:
    story = Story(branches("a", "b"))
    story.complete("a")
    gate = d.gateway("eventBased", "gate")
    events = d.catch("m", d.message_event("msg")) + d.catch("t", d.timer(timeDuration="P1D"))
    race = bundle(d.file(MSG, d.process(
        "p", d.start(), d.end(), gate, events, d.path("S", "gate", "m", "E"), d.path("gate", "t", "E"))))
    assert moved(story, race, plan(b=Place(drop=True), join="m")).waits == ["m", "t"]
    assert story.fire("t").finished


def test_an_event_sub_process_that_is_new_begins_to_wait() -> None:
    esp = d.sub("esp", d.start("ms", d.message_event("msg"), isInterrupting="false"), d.user("extra"),
                d.path("ms", "extra"), event=True)
    story = moved(Story(line("a")), line("a", also=esp))
    story.fire("ms")
    assert story.items == ["a", "extra"]
    assert moved(story, line("a", also=esp)).open == ["a", "extra", "ms"]


def test_what_waits_keeps_its_key_and_gets_the_name_by_which_it_is_called_now() -> None:
    def waiting(message: str) -> Bundle:
        return bundle(d.file(
            d.message("m", message, "=number"), d.process("p", d.start(), d.end(), d.catch("c", d.message_event("m")),
                                                          d.path("S", "c", "E"))))

    story = moved(Story(waiting("old"), number="17"), waiting("new"))
    assert (story.wait("c").name, story.wait("c").key) == ("new", "17")


def test_another_kind_another_place_and_nothing_at_all_are_told_with_their_reasons_all_at_once() -> None:
    story = Story(branches("a", "b", "c"))
    new = bundle(d.file(d.process(
        "p", d.start(), d.end(), d.gateway("parallel", "fork"), d.path("S", "fork"), d.user("last"),
        d.gateway("parallel", "join"), d.path("join", "last", "E"), d.job("a", "mail"), d.path("fork", "a", "join"),
        d.user("b2"), d.path("fork", "b2", "join"))))
    by = plan(c="nowhere")
    assert refused(story, new, by) == [("other-kind", "a"), ("target-gone", "b"), ("target-gone", "c")]
    rules = {(one.rule, one.severity) for one in judge(story.bundle, new, by)}
    assert ("target-gone", "error") in rules
    assert ("other-kind", "warning") in rules  # nobody said it of this one


def test_a_case_that_would_stop_in_the_new_version_stays() -> None:
    assert refused(Story(line("a")), line("a", due="=17"), Plan()) == [("would-stop", "a")]


def test_a_case_is_not_moved_where_nothing_would_be_left_of_it() -> None:
    assert refused(Story(line("a", "b")), line("b"), plan(a=Place(drop=True))) == [("drop-last", "a")]


def test_what_stopped_goes_on_under_the_version_that_mends_it() -> None:
    def job(type: str, text: str) -> Bundle:
        return bundle(d.file(d.process(
            "p", d.start(), d.end(), d.script("s", text, "x"), d.job("j", type), d.path("S", "s", "j", "E"))))

    story = Story(job("mail", "=function(x) x"))
    assert [one.element for one in story.out.incidents] == ["s"]
    moved(story, job("mail", "=1"))
    story.do(commands.Retry(story.out.incidents[0].id))
    assert story.variables["x"] == 1
    story.fail("j")
    moved(story, job("other", "=1"), Plan())
    assert story.do(commands.Retry(story.out.incidents[0].id)).calls[0].type == "other"
    assert refused(story, job("mail", "=1"), Plan()) == [("other-kind", "j")]

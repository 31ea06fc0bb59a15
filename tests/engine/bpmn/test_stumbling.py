"""What could not be followed through is told beside what stays open, until it can be."""

import pytest

from engine.bpmn import NotOpen, commands, parked
from engine.bpmn.migrating import migrate, propose
from tests.engine.bpmn.diagrams import (
    boundary,
    end,
    file,
    job,
    message,
    message_event,
    path,
    process,
    simple,
    start,
    timer,
    user,
)
from tests.engine.bpmn.story import Story, bundle


def told(story: Story) -> list[tuple[str, str, str]]:
    return [(one.element, one.text.ar, one.text.en) for one in story.out.incidents]


def alarmed() -> Story:
    drawn = file(process("p", start(), user("a"), boundary("B", "a", message_event("M"), False), user("h"), end(),
                         boundary("late", "a", timer(timeDuration="P1D")), path("S", "a", "E"), path("B", "h", "E"),
                         path("late", "E")), message("M", "alarm"))
    return Story(bundle(drawn))


def test_a_message_that_could_not_be_followed_is_still_waited_for_and_the_next_one_resolves_it() -> None:
    story = alarmed()
    wait = story.wait("B").id
    story.do(commands.Stumble(wait, "لا", "no"))
    assert story.waits == ["B", "late"] and told(story) == [("B", "لا", "no")] and parked(story.out.state) == {wait}
    story.fire("B")
    assert story.items == ["a", "h"] and story.waits == ["B", "late"] and told(story) == []
    story.replay()


def test_it_is_told_once_and_of_nothing_that_is_not_open() -> None:
    story = alarmed()
    item = story.item("a").id
    story.do(commands.Stumble(item, "لا", "no"))
    for at in (item, 99, story.wait("late").id):
        with pytest.raises(NotOpen):
            story.do(commands.Stumble(at, "لا", "no"))
    story.do(commands.Retry(item))
    assert told(story) == [] and story.items == ["a"]
    story.do(commands.Stumble(item, "لا", "no"))
    story.fire("late")
    assert told(story) == [] and story.out.finished
    story.replay()


def test_under_a_newer_version_it_may_be_sent_anew() -> None:
    story = Story(bundle(simple("p", user("a"), ids=["a"])))
    story.do(commands.Stumble(story.item("a").id, "لا", "no"))
    after = bundle(simple("p", user("a"), user("b"), ids=["a", "b"]))
    assert story.state is not None
    plan = propose(story.bundle, after).told().document()
    moved = migrate(story.bundle, after, story.state, commands.Migrate(plan), story.now)
    assert moved.incidents == () and [one.element for one in moved.items] == ["a"]


def test_why_a_call_failed_is_kept_in_both_languages() -> None:
    story = Story(bundle(simple("p", job("j", "mail"), ids=["j"])))
    story.do(commands.FailCall(story.call("j").id, None, "no answer", "لا جواب"))
    assert told(story) == [("j", "لا جواب", "no answer")]
    story.replay()

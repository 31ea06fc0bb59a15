"""The bounds that docs/bpmn.md tells modellers are true: up to them a move comes to rest, beyond them it is refused."""

from time import process_time

import pytest

from engine.bpmn import Runaway, commands
from engine.bpmn.bounds import ITEM_LIMIT, MOST_ITEMS
from tests.engine.bpmn.diagrams import (
    again,
    catch,
    each,
    end,
    file,
    path,
    process,
    script,
    signal,
    signal_event,
    start,
    tag,
    user,
)
from tests.engine.bpmn.inventory import PAGE
from tests.engine.bpmn.story import Story, bundle
from tests.engine.lint.drawing import findings

SECONDS = 8.0
"""On a machine that does much else; about two alone."""


def up_to(count: int) -> str:
    return f"=for i in 1..{count} return i"


def over(marker: str, *steps: str, ids: tuple[str, ...], outside: str = "") -> bytes:
    """A sub-process done for each."""
    body = tag("subProcess", {"id": "sp"}, marker, start("IS"), *steps, end("IE"), path("IS", *ids, "IE"))
    return file(process("p", start(), body, user("z"), end(), path("S", "sp", "z", "E")), outside)


TWENTY = tuple(f"s{n}" for n in range(20))
SCRIPTS = [script(id, "=i + 1", id) for id in TWENTY]


@pytest.mark.parametrize("one_by_one", [False, True], ids=["at once", "in sequence"])
def test_a_thousand_members_may_take_twenty_steps_each(one_by_one: bool) -> None:
    began = process_time()
    story = Story(bundle(over(each(up_to(ITEM_LIMIT), "i", "rs", "=s19", sequential=one_by_one), *SCRIPTS, ids=TWENTY)))
    assert story.items == ["z"] and len(story.variables["rs"]) == ITEM_LIMIT
    assert process_time() - began < SECONDS


def test_a_thousand_rounds_may_be_made_at_once() -> None:
    drawn = over(again("=true", most=ITEM_LIMIT), script("a", "=loopCounter", "n"), script("b", "=n", "m"),
                 ids=("a", "b"))
    assert Story(bundle(drawn)).items == ["z"]


def test_lists_in_lists_may_have_five_thousand_members_together() -> None:
    inner = user("u", each("=inner", "cell", "cs", "=u"))
    drawn = bundle(over(each("=outer", "row", "rows", "=cs"), inner, ids=("u",)))
    story = Story(drawn, outer=list(range(70)), inner=list(range(70)))
    assert len(story.out.items) == 4_900
    with pytest.raises(Runaway, match=str(MOST_ITEMS)):
        Story(drawn, outer=list(range(72)), inner=list(range(72)))


def test_a_signal_that_wakes_many_gives_each_of_them_their_steps() -> None:
    drawn = over(each(up_to(300), "i"), catch("c", signal_event("G")), *SCRIPTS, ids=("c", *TWENTY),
                 outside=signal("G", "alarm"))
    story = Story(bundle(drawn))
    story.do(commands.Signal("alarm"))
    assert story.items == ["z"]


@pytest.mark.parametrize("count", [ITEM_LIMIT, ITEM_LIMIT + 1])
def test_a_list_that_is_written_out_too_long_is_found_before_publishing(count: int) -> None:
    found = [one for one in findings(over(each(up_to(count), "i"), user("u"), ids=("u",)))
             if one.rule == "multi-collection"]
    assert [one.element for one in found] == (["sp"] if count > ITEM_LIMIT else [])


def test_the_page_says_the_bounds() -> None:
    page = PAGE.read_text("utf-8")
    for number in ("1,000", "5,000", "24,000", "at most 40 more"):
        assert number in page

"""docs/bpmn.md: each claim about an element is proved by a minimal diagram."""

from typing import Any

import pytest

from engine.bpmn import BpmnError, commands
from engine.dmn import Decided
from tests.engine.bpmn.inventory import PAGE, ROWS, Row, page
from tests.engine.bpmn.story import Story, bundle
from tests.engine.lint.drawing import OTHER, findings

CLAIMS = {f"{title}: {row.what}": row for title, rows in ROWS.items() for row in rows}
RUNNING = [name for name, row in CLAIMS.items() if row.becomes != "refused"]
REFUSED = [name for name, row in CLAIMS.items() if row.becomes == "refused"]


def decided(*_: Any) -> Decided:
    return Decided(1, "review", {}, (), ())


def played(row: Row) -> Story:
    """Whatever is open is done, the oldest first, until nothing is."""
    story = Story(bundle(row.source, OTHER, decide=decided), "stage", x=True, case_number="C1", plan={"items": [1, 2]})
    for _ in range(40):
        out = story.out
        if out.items:
            story.do(commands.Complete(out.items[0].id, {"ok": True}), minutes=1)
        elif out.calls:
            story.do(commands.FinishCall(out.calls[0].id))
        elif not out.finished:
            story.fire(out.waits[0].element)
    return story


@pytest.mark.parametrize("name", RUNNING)
def test_what_is_said_to_run_is_published_loaded_and_played_to_its_end(name: str) -> None:
    row = CLAIMS[name]
    assert [f for f in findings(row.source) if f.severity == "error"] == []
    story = played(row)
    assert story.out.finished and not story.out.incidents
    story.replay()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_said_to_be_refused_is_refused_by_that_rule_with_a_mend(name: str) -> None:
    row = CLAIMS[name]
    [first, *_] = [f for f in findings(row.source) if f.severity == "error" and f.rule == row.rule]
    assert first.element and first.mend.ar and first.mend.en


def test_what_the_linter_lets_pass_the_engine_loads_and_what_it_cannot_run_it_refuses_too() -> None:
    for name in REFUSED:
        row = CLAIMS[name]
        if row.rule in {"element-unsupported", "event-misplaced", "start-event", "unreachable", "script-not-feel"}:
            with pytest.raises(BpmnError):
                raise AssertionError(f"{name}: {bundle(row.source, OTHER)}")


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text("utf-8") == page()

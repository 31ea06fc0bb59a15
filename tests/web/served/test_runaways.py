"""Expressions and diagrams that were published and compute without end: whoever meets one is told so in words, keeps
what they typed, and everybody else works on."""

import json
from time import process_time

import pytest

from engine.check import check_sources, may_publish
from engine.checks.source import Source as File
from engine.clock import StoppedClock
from engine.commands.opening import Opening, open_file
from engine.definitions import Source
from engine.library import publish
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.store.incidents import incident
from engine.store.work_items import work_item
from engine.studio import as_file
from tests.engine.lint.drawing import end, gateway, many, node, process, script, start, user
from tests.web.served.api import program, told
from tests.web.served.conftest import UNITS
from tests.web.served.world import World, build

SECONDS = 5.0
ENDLESS = "=count(for x in 1..1000000000 return x)"
A_THOUSAND = "=for i in 1..1000 return i"
TYPED = {"summary": "ما كتبته المديرة"}
ANSWERS = {"answers": TYPED}


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def form(key: str, *more: dict[str, object]) -> Source:
    """A form with one question and something that computes."""
    words = {"label_en": "A question", "sensitivity": "ordinary"}
    asked = {"id": "Field_summary", "key": "summary", "type": "textfield", "label": "الخلاصة", "properties": words}
    head = {"id": "Text_1", "type": "text", "text": "# نموذج", "properties": {"text_en": "# Form"}}
    return Source("form", key, json.dumps(
        {"id": key, "type": "default", "schemaVersion": 19, "components": [head, asked, *more]}).encode())


def computed(key: str = "greedy", **more: object) -> dict[str, object]:
    """A computed field that never ends."""
    words = {"label_en": "A greedy count", "sensitivity": "ordinary"}
    return {"id": f"Field_{key}", "key": key, "type": "expression", "label": "عدّ لا ينتهي", "expression": ENDLESS,
            "properties": words, **more}


def hidden() -> dict[str, object]:
    """A question whose condition never ends."""
    words = {"label_en": "Sometimes", "sensitivity": "ordinary"}
    return {"id": "Field_maybe", "key": "maybe", "type": "textfield", "label": "أحياناً", "properties": words,
            "conditional": {"hide": f"{ENDLESS} > 1"}}


def drawn(key: str, *nodes: str, flows: tuple[str, ...] = (), first: str = "note") -> Source:
    """A process with a work item and then these."""
    names = [one.split('id="')[1].split('"')[0] for one in nodes]
    row = [f"{a}>{b}" for a, b in zip(["begins", "ask", *names], ["ask", *names, "over"], strict=True)]
    return Source("process", key, process(
        start(), user("ask", form=first), *nodes, end(), *(flows or row), id=key, inputs="unit, case_manager, person"))


def opened(world: World, key: str, *sources: Source) -> tuple[str, str]:
    """Publishes what the check has nothing against, and opens a case with it; the ids of case and work item."""
    note = as_file(Source("form", "note", (b'{"id": "note", "type": "default", "components": []}')))
    files: list[File] = [as_file(one) for one in sources]
    assert may_publish(check_sources([*files, *([] if key == "greedy" else [note])])), "it passes publication"
    masar = world.masar
    masar.db.run(lambda conn: publish(conn, list(sources), 0, "test", masar.clock()))
    with masar.db.read() as conn:
        director = actor_named(conn, "director")
    assert director is not None
    number, _, path = UNITS["centre"]
    variables = {"unit": "centre", "case_manager": "manager", "person": {"full_name": "هدى"}}
    case = open_file(masar, director, Opening(
        "case", key, number, path, variables, "case_number", "case_opened", f"open {key}"))
    with masar.db.read() as conn:
        item = conn.execute(work_item.select().where(work_item.c.case_id == case.id)).one()
    return str(case.id), str(item.id)


def others_work_on(world: World) -> None:
    """Somebody else completes an honest work item."""
    assert world.ask("manager", "POST", "/work/{plan}", {**TYPED, "_token": "honest"}).status_code == 303


@pytest.mark.parametrize("field", [computed(), hidden()], ids=["a computed field", "a condition"])
def test_a_form_that_computes_without_end_opens_and_is_refused_in_words_with_the_typing_kept(
    world: World, field: dict[str, object]
) -> None:
    _, item = opened(world, "greedy", form("greedy_form", field), drawn("greedy", first="greedy_form"))
    began = process_time()
    assert world.ask("manager", "GET", f"/work/{item}").status_code == 200
    refused = world.ask("manager", "POST", f"/work/{item}", {**TYPED, "_token": "greedy"})
    assert refused.status_code == 422 and TYPED["summary"] in refused.text
    assert "أكثر مما يُسمح به" in refused.text and str(field["label"]) in refused.text
    assert process_time() - began < SECONDS
    assert world.ask("manager", "POST", f"/work/{item}/draft", TYPED).status_code in {200, 303}
    answer = program(world, "manager").post(f"/work-items/{item}/complete", ANSWERS, Idempotency_Key="k")
    assert answer.status_code == 422 and "more than is allowed" in told(answer)["detail"]
    others_work_on(world)


def test_a_form_of_a_hundred_greedy_fields_costs_no_more_than_one(world: World) -> None:
    fields = [computed(f"greedy_{n}") for n in range(100)] + [hidden()]
    _, item = opened(world, "greedy", form("greedy_form", *fields), drawn("greedy", first="greedy_form"))
    began = process_time()
    assert world.ask("manager", "GET", f"/work/{item}").status_code == 200
    assert world.ask("manager", "POST", f"/work/{item}", {**TYPED, "_token": "x"}).status_code == 422
    assert process_time() - began < SECONDS


@pytest.mark.parametrize("nodes", [
    [script("s", ENDLESS)],
    [user("later", form="note", more=f'<zeebe:taskSchedule dueDate="{ENDLESS}"/>')],
    [user("later", form="note", more='<zeebe:ioMapping><zeebe:input source="' + ENDLESS + '" target="x"/>'
          "</zeebe:ioMapping>")],
], ids=["a script", "a due date", "an input"])  # fmt: skip
def test_what_computes_without_end_after_a_work_item_is_an_incident_and_the_answer_is_kept(
    world: World, nodes: list[str]
) -> None:
    case, item = opened(world, "endless", drawn("endless", *nodes))
    began = process_time()
    done = world.ask("manager", "POST", f"/work/{item}", {**TYPED, "_token": "endless"})
    assert done.status_code == 303 and process_time() - began < SECONDS
    with world.masar.db.read() as conn:
        assert str(case) in {str(row.case_id) for row in conn.execute(incident.select())}
    assert world.ask("manager", "GET", f"/cases/{case}").status_code == 200
    others_work_on(world)


def test_a_gateway_that_computes_without_end_is_an_incident(world: World) -> None:
    choose = gateway("exclusive", "choose", "choose_over")
    flows = ("begins>ask", "ask>choose", f"choose>other if {ENDLESS} > 1", "choose>over")
    case, item = opened(world, "endless", drawn("endless", choose, end("other"), flows=flows))
    assert world.ask("manager", "POST", f"/work/{item}", {**TYPED, "_token": "way"}).status_code == 303
    with world.masar.db.read() as conn:
        assert str(case) in {str(row.case_id) for row in conn.execute(incident.select())}
    others_work_on(world)


def test_a_move_without_end_is_refused_in_words_and_nothing_of_it_stays(world: World) -> None:
    inner = start("b") + script("s") + end("e")
    flow = '<bpmn:sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'.format
    within = node("subProcess", "n", inner=many(A_THOUSAND) + inner + flow("b", "s") + flow("s", "e"))
    lists = node("subProcess", "m", inner=many(A_THOUSAND) + start("b1") + within + end("e1") + flow("b1", "n")
                 + flow("n", "e1"))  # fmt: skip
    _, item = opened(world, "endless", drawn("endless", lists))
    began = process_time()
    refused = world.ask("manager", "POST", f"/work/{item}", {**TYPED, "_token": "move"})
    assert refused.status_code == 422 and TYPED["summary"] in refused.text
    assert 'role="alert"' in refused.text and process_time() - began < SECONDS
    answer = program(world, "manager").post(f"/work-items/{item}/complete", ANSWERS, Idempotency_Key="k")
    assert answer.status_code == 422 and told(answer)["type"] == "urn:masar:problem:invalid"
    assert world.ask("manager", "GET", f"/work/{item}").status_code == 200
    others_work_on(world)

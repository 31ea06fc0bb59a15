"""A case that runs away on the running worker: an incident of its own, and the other cases go on in the same pass."""

import itertools
from datetime import timedelta
from time import process_time

import pytest

from engine.store import incidents
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House
from tests.engine.lint.drawing import end, flow, many, node, process, script, start, timer

SECONDS = 5.0
ENDLESS = "=count(for x in 1..1000000000 return x)"
A_THOUSAND = "=for i in 1..1000 return i"
WAIT = node("intermediateCatchEvent", "pause", inner=timer("P1D"))
INNER = start("b") + script("s") + end("e") + flow("b>s") + flow("s>e")
LISTS = node("subProcess", "m", inner=many(A_THOUSAND) + start("b1") + node("subProcess", "n", inner=many(A_THOUSAND)
             + INNER) + end("e1") + flow("b1>n") + flow("n>e1"))  # fmt: skip


def after_a_day(*nodes: str) -> bytes:
    """A process that waits a day, and then does this."""
    names = ["begins", "pause", *(one.split('id="')[1].split('"')[0] for one in nodes), "over"]
    flows = (f"{a}>{b}" for a, b in itertools.pairwise(names))
    return process(start(), WAIT, *nodes, end(), *flows, id="case")


@pytest.mark.parametrize("drawn", [
    after_a_day(script("s", ENDLESS)), after_a_day(*(script(f"s{i}", "=[t, t]", "t") for i in range(40))),
    after_a_day(LISTS),
], ids=["an endless expression", "a list that doubles", "a thousand for each of a thousand"])  # fmt: skip
def test_it_becomes_an_incident_and_others_go_on(house: House, drawn: bytes) -> None:
    house.publish(d.simple("case", d.catch("pause", d.timer(timeDuration="P1D")),
                           d.user("visit", groups="case_manager", form="note"), ids=("pause", "visit")))  # fmt: skip
    honest = [house.open("case", f"honest {n}").id for n in range(2)]
    house.publish(drawn)
    runaway = house.open("case", "runaway").id
    house.clock.advance(timedelta(days=1))
    began = process_time()
    while run_pass(house.masar).anything:
        pass
    assert process_time() - began < SECONDS
    assert [list(house.items(case)) for case in honest] == [["visit"], ["visit"]]
    with house.masar.db.read() as conn:
        found = conn.execute(incidents.incident.select()).all()
    assert [row.case_id for row in found] == [runaway]
    assert house.items(runaway) == {}

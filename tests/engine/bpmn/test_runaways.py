"""Diagrams that nobody could know to run away: a move ends soon, in an incident or in a refusal, and is the same again.

They may be published: what they do depends on their data."""

import itertools
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import NoReturn

import pytest

from engine.bpmn import Runaway, load_bundle
from engine.bpmn.commands import Start
from engine.bpmn.move import move
from engine.bpmn.outcome import Outcome
from engine.bpmn.snapshot import MOST_BYTES
from engine.check import check_sources, may_publish
from engine.checks.source import Source
from tests.engine.lint.drawing import end, flow, gateway, many, node, process, script, start

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECONDS = 5.0
TEXT = '=string join(for i in 1..10000 return "xxxxxxxxxx")'
ENDLESS = "=count(for x in 1..1000000000 return x)"
COSTLY = "=count(for x in 1..50000 return x)"
REGEX = '=matches("' + "a" * 60 + 'b", "(a|aa)+$")'
A_THOUSAND = "=for i in 1..1000 return i"


def line(*scripts: str) -> bytes:
    """Scripts one after another."""
    names = ["begins", *(f"s{i}" for i in range(len(scripts))), "over"]
    nodes = [script(f"s{i}", text, "t") for i, text in enumerate(scripts)]
    return process(start(), *nodes, end(), *(f"{a}>{b}" for a, b in itertools.pairwise(names)))


def abreast(count: int, text: str, before: str = "=1") -> bytes:
    """Scripts side by side, after a first one."""
    names = [f"s{i}" for i in range(count)]
    scripts = [script("t", before, "t"), *(script(name, text, name) for name in names)]
    flows = [
        "begins>t",
        "t>fork",
        *(f"fork>{name}" for name in names),
        *(f"{name}>join" for name in names),
        "join>over",
    ]
    return process(start(), gateway("parallel", "fork"), *scripts, gateway("parallel", "join"), end(), *flows)


def lists_in_lists(levels: int) -> bytes:
    """A thousand for each of a thousand, and so on."""
    inner = start("b0") + script("s0") + end("e0") + flow("b0>s0") + flow("s0>e0")
    for i in range(1, levels):
        body = node("subProcess", f"m{i}", inner=many(A_THOUSAND) + inner)
        inner = start(f"b{i}") + body + end(f"e{i}") + flow(f"b{i}>m{i}") + flow(f"m{i}>e{i}")
    return process(start(), node("subProcess", "m", inner=many(A_THOUSAND) + inner), end(), "begins>m", "m>over")


RUNAWAYS = {
    "an expression that never ends": line(ENDLESS),
    "a hundred of them side by side": abreast(100, ENDLESS),
    "a hundred that are dear": abreast(100, COSTLY),
    "a hundred regular expressions": abreast(100, REGEX),
    "a list that doubles": line("=[1, 1]", *["=[t, t]"] * 40),
    "a text that doubles": line('="x"', *["=t + t"] * 40),
    "a text a hundred thousand times": line(TEXT, "=for i in 1..100000 return t"),
    "a hundred copies of a long list": abreast(100, "=t", "=for i in 1..40000 return i"),
    "a hundred and fifty copies of a long text": abreast(150, '=t + ""', TEXT),
    "a thousand for each of a thousand": lists_in_lists(2),
    "a billion": lists_in_lists(3),
}


def outcome(drawn: bytes) -> Outcome | str:
    """What becomes of a case that begins so."""

    def undecided(*_: object) -> NoReturn:
        raise AssertionError("there are no decisions here")

    try:
        return move(load_bundle([drawn], undecided), None, Start("stage", {}), NOW)
    except Runaway as refused:
        return refused.text.en


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_move_that_runs_away_is_stopped_and_told(name: str) -> None:
    assert may_publish(check_sources([Source("stage.bpmn", Path("stage.bpmn"), "diagram", RUNAWAYS[name])]))
    began = process_time()
    found = outcome(RUNAWAYS[name])
    assert process_time() - began < SECONDS
    assert isinstance(found, str) or found.incidents
    assert isinstance(found, str) or len(found.state) < MOST_BYTES


@pytest.mark.parametrize("name", ["a hundred that are dear", "a list that doubles"])
def test_it_stops_at_the_same_place_every_time(name: str) -> None:
    first, again = outcome(RUNAWAYS[name]), outcome(RUNAWAYS[name])
    assert isinstance(first, Outcome) and isinstance(again, Outcome)
    assert first.state == again.state


def test_what_is_honest_is_far_from_the_bounds() -> None:
    found = outcome(abreast(50, "=sum(for x in t return x * 2)", "=for i in 1..300 return i"))
    assert isinstance(found, Outcome) and found.finished

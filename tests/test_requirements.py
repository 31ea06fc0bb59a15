"""docs/requirements.md is true: what is called delivered is passed by the story beside it, or held by a test."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from engine.scenarios import Stage
from engine.scenarios.coverage import Place
from engine.scenarios.play import Player
from engine.scenarios.story import read_story
from web.pages import PAGES
from web.routing import ItemNumber

ROOT = Path(__file__).resolve().parents[1]
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"
MARK = re.compile(r"`([^`]+)`")
LATER = {"R03", "R31", "R43", "R49", "R57", "R34", "R56", "R58"}


class Line(NamedTuple):
    """A row of the page."""

    key: str
    state: str
    through: tuple[str, ...]
    proof: str


def lines() -> list[Line]:
    page = (ROOT / "docs" / "requirements.md").read_text("utf-8")
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in page.splitlines() if row.startswith("| R")]
    return [Line(key, state, tuple(MARK.findall(through)), proof) for key, _, state, through, proof in cells]


DELIVERED = [line for line in lines() if line.state == "delivered"]


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(PROCESSES, FORMS)


@cache
def passed(stage: Stage, story: str) -> frozenset[Place]:
    """What a story passes, which plays to its end."""
    player = Player(stage.definitions, stage.cast, read_story((PROCESSES / "scenarios" / f"{story}.yaml").read_bytes()))
    for _, act in player.acts():
        act()
    return frozenset(player.house.passed)


def test_each_requirement_has_one_line_and_a_reason_where_it_is_not_delivered() -> None:
    assert [line.key for line in lines()] == [f"R{number:02}" for number in range(1, 59)]
    for line in lines():
        assert line.state in ("delivered", "not yet")
        assert line.state == "delivered" or len(line.proof) > 20, line.key
    assert {line.key for line in lines() if line.state != "delivered"} >= LATER


@pytest.mark.parametrize("line", DELIVERED, ids=lambda line: line.key)
def test_what_is_called_delivered_is_passed_by_its_proof(stage: Stage, line: Line) -> None:
    proofs = MARK.findall(line.proof)
    assert proofs and line.through
    stories = [proof for proof in proofs if "::" not in proof]
    places = frozenset[Place]().union(*(passed(stage, story) for story in stories))
    for proof in proofs:
        if "::" in proof:
            assert proof.partition("::")[2] in names_in(proof.partition("::")[0]), proof
    for through in line.through:
        assert leads(stage, through, places), through
        assert through.startswith("page:") or stories, f"{through} is proved by a story"


def leads(stage: Stage, through: str, places: frozenset[Place]) -> bool:
    """Whether the stories passed an element or filled a form, or there is such a page."""
    if through.startswith("page:"):
        return any(route.startswith(through.removeprefix("page:")) for route in routes())
    if through.startswith("form:"):
        form = through.removeprefix("form:")
        if form == "form_0_report":
            return any(process == "reporting" for process, _ in places)
        elements = stage.definitions.bpmn.processes
        return any(element in elements[process].elements and elements[process].elements[element].form == form
                   for process, element in places)
    process, _, element = through.partition("#")
    return (process, element) in places


@cache
def routes() -> frozenset[str]:
    """The addresses of all pages."""
    site = Flask(__name__, static_folder=None)
    site.url_map.converters["number"] = ItemNumber
    for pages in PAGES:
        site.register_blueprint(pages)
    return frozenset(str(rule) for rule in site.url_map.iter_rules())


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests of a file of the suite."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))

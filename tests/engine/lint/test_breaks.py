"""The shipped diagrams, broken in every way that a hand can slip: what would do harm is found before publishing."""

import random

import pytest
from lxml import etree

from engine.safexml import parse_xml
from tests.engine.lint.breaking import Break
from tests.engine.lint.breaks import BREAKS, NOT_ALWAYS
from tests.engine.lint.shipped import diagrams, new_rules

DEMANDED = [one for one in BREAKS if one.name not in NOT_ALWAYS]


@pytest.mark.parametrize("one", DEMANDED, ids=lambda one: one.name)
def test_a_break_is_found_by_a_rule_that_fits(one: Break) -> None:
    places = [(drawn, at) for drawn in diagrams() for at in range(len(one.places(parse_xml(drawn.source.data))))]
    assert places, "nothing shipped can be broken so"
    drawn, at = random.Random(one.name).choice(places)
    root = parse_xml(drawn.source.data)
    one.do(one.places(root)[at])
    assert new_rules(drawn, etree.tostring(root)) & one.rules, (drawn.source.file, at)


def test_breaks_have_names_of_their_own_and_reasons_are_about_breaks() -> None:
    names = [one.name for one in BREAKS]
    assert len(set(names)) == len(names) >= 50
    assert set(NOT_ALWAYS) <= set(names)

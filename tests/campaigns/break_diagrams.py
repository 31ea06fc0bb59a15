"""Breaks the shipped diagrams in every way that a hand can slip: `./run break-diagrams [places of each break]`, all by
default. Tells how many a fitting rule found, another rule, and none; fails where a break that must be found is not."""

import random
import sys

from lxml import etree

from engine.safexml import parse_xml
from tests.engine.lint.breaking import Break, owner
from tests.engine.lint.breaks import BREAKS, NOT_ALWAYS
from tests.engine.lint.shipped import diagrams, new_rules


def main(most: int = 1_000_000) -> int:
    """Runs the campaign; returns how many breaks were missed that must not be."""
    failed = 0
    for one in BREAKS:
        fitting, others, missed = _tried(one, most)
        reason = NOT_ALWAYS.get(one.name)
        failed += 0 if reason else len(missed) + others
        told = f": {', '.join(missed[:8])}" if missed else ""
        print(f"{one.name}: {fitting} fitting, {others} by other rules, {len(missed)} not found{told}", flush=True)
        if missed and reason:
            print(f"    {reason}")
    return failed


def _tried(one: Break, most: int) -> tuple[int, int, list[str]]:
    places = [(drawn, at) for drawn in diagrams() for at in range(len(one.places(parse_xml(drawn.source.data))))]
    random.Random(one.name).shuffle(places)
    fitting, others, missed = 0, 0, []
    for drawn, at in places[:most]:
        root = parse_xml(drawn.source.data)
        place = one.places(root)[at]
        where = owner(place)
        one.do(place)
        rules = new_rules(drawn, etree.tostring(root))
        fitting += bool(rules & one.rules)
        others += bool(rules and not rules & one.rules)
        missed += [] if rules else [f"{drawn.source.stem}/{where}"]
    return fitting, others, missed


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:2])) else 0)

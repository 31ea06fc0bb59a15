"""For each rule about decisions a file that breaks it and the same mended: `decisions/<rule>/bad.dmn`, `good.dmn`. The
description of the bad one names the elements that break the rule."""

from functools import cache
from pathlib import Path

from engine.checks.decisions import check_decision
from engine.findings import Finding
from engine.safexml import parse_xml

FOLDER = Path(__file__).parent / "decisions"
STEM = "D99_example"


def source_of(rule: str, kind: str) -> bytes:
    """The file of a rule, "bad" or "good"."""
    return (FOLDER / rule / f"{kind}.dmn").read_bytes()


@cache
def found_in(rule: str, kind: str) -> list[Finding]:
    """What the check says of it."""
    return check_decision(f"{STEM}.dmn", source_of(rule, kind), STEM)


def broken_elements(rule: str) -> set[str]:
    """The elements that its bad file says are broken."""
    name, _, elements = (parse_xml(source_of(rule, "bad")).findtext("{*}description") or "").partition(": ")
    assert name == rule, f"the description says which elements break {rule}"
    return set(elements.split(", "))

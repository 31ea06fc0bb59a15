"""Checks in a process of their own: the same findings, and none of the harm."""

from pathlib import Path

import pytest

from engine.check import Installed, check_sources
from engine.checks import bounded
from engine.checks.bounded import checked_within
from engine.checks.source import Source
from tests.engine.lint.drawing import call, end, process, start, user

FORM = b'{"id": "review", "type": "default", "components": [], "schemaVersion": 16}'
GOOD = process(start(), user(), end(), "begins>review", "review>over")
SLOW = [
    Source(f"s{n}.bpmn", Path(f"s{n}.bpmn"), "diagram", process(*(user(f"u{i}") for i in range(1_000)), id=f"s{n}"))
    for n in range(8)
]


def diagram(data: bytes, name: str = "stage.bpmn") -> Source:
    return Source(name, Path(name), "diagram", data)


def test_a_good_file_passes_among_what_is_installed() -> None:
    installed = Installed([Source("review.form", Path("review.form"), "form", FORM)], frozenset({"courier"}))
    assert checked_within([diagram(GOOD)], installed) == check_sources([diagram(GOOD)], installed) == []


def test_findings_are_the_same_as_without_the_process() -> None:
    flawed = diagram(process(start("../x"), user(name="قبول\u202eضفر"), call("c", "nowhere"), end()))
    assert checked_within([flawed]) == check_sources([flawed]) != []


def test_what_takes_too_long_is_a_finding() -> None:
    found = checked_within(SLOW, seconds=1.0)
    assert [(finding.file, finding.rule) for finding in found] == [("", "check-too-slow")]


def test_what_takes_too_much_memory_is_a_finding() -> None:
    large = diagram(process(start(name="ا" * 1_900_000), end(), "begins>over"))
    assert [finding.rule for finding in checked_within([large], megabytes=60)] == ["check-too-large"]


def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_COMMAND", ("false",))
    assert [finding.rule for finding in checked_within([diagram(GOOD)])] == ["check-failed"]


def test_when_others_check_already_one_is_told_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "PATIENCE", 0.01)
    for _ in range(bounded.AT_ONCE):
        assert bounded._places.acquire(blocking=False)
    try:
        assert [finding.rule for finding in checked_within([diagram(GOOD)])] == ["check-busy"]
    finally:
        for _ in range(bounded.AT_ONCE):
            bounded._places.release()

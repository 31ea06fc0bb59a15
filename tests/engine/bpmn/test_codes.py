"""Codes of errors and escalations are written out: an expression would be taken for its letters, and nothing would
catch what it throws."""

import pytest

from engine.bpmn import BpmnError
from engine.bpmn.bundle import parse_file
from tests.engine.bpmn.diagrams import (
    boundary,
    end,
    error,
    error_event,
    escalation,
    escalation_event,
    file,
    path,
    process,
    start,
    sub,
    throw,
    user,
)
from tests.engine.lint.drawing import findings


def failing(code: str) -> bytes:
    inner = sub("a", start("s2"), end("e2", error_event("X")), path("s2", "e2"))
    return file(process("p", start(), inner, boundary("B", "a", error_event("X")), user("h"), end(),
                        path("S", "a", "E"), path("B", "h", "E")), error("X", code))


def asking(code: str) -> bytes:
    inner = sub("a", start("s2"), throw("th", escalation_event("X")), end("e2"), path("s2", "th", "e2"))
    return file(process("p", start(), inner, boundary("B", "a", escalation_event("X"), False), user("h"), end(),
                        path("S", "a", "E"), path("B", "h", "E")), escalation("X", code))


@pytest.mark.parametrize(("drawn", "rule", "elements"), [
    (failing, "error-event", {"e2", "B"}), (asking, "escalation-event", {"th", "B"}),
])
def test_an_expression_for_a_code_is_refused_by_name(drawn: object, rule: str, elements: set[str]) -> None:
    assert callable(drawn)
    for code in ("=cd", '="up"', " =cd"):
        found = [one for one in findings(drawn(code)) if one.rule == rule]
        assert {one.element for one in found} == elements
        with pytest.raises(BpmnError) as refused:
            parse_file(drawn(code))
        assert refused.value.element in elements
    parse_file(drawn("up"))
    assert not [one for one in findings(drawn("up")) if one.rule == rule]

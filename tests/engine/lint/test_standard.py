"""Whatever BPMN 2.0 has is run, merely tells the reader something, or is refused by name: nothing is ignored."""


import pytest

from engine.findings import Finding
from tests.engine.lint.drawing import end, findings, process, start
from tests.engine.lint.standard import (
    ATTRIBUTES,
    IN_COLLABORATION,
    IN_EVENT,
    IN_PROCESS,
    IN_TASK,
    OUTSIDE,
    REFUSED,
)

ABOUT = ("element-unknown", "element-unsupported", "attribute-unreadable")


def told(source: bytes, of: str) -> list[Finding]:
    """What the linter says of an element being there at all."""
    return [f for f in findings(source) if f.rule in ABOUT and f.severity == "error" and f.element.startswith(of)]


def drawn(inside: str = "", outside: str = "") -> bytes:
    return process(start(), *([inside] if inside else []), end(), "begins>over", outside=outside)


def agrees(found: list[Finding], fate: str, source: bytes) -> None:
    assert bool(found) == (fate == REFUSED), source.decode()
    assert all(f.message.ar and f.mend.en for f in found)


@pytest.mark.parametrize("tag", OUTSIDE)
def test_what_stands_beside_processes(tag: str) -> None:
    source = drawn(outside=f'<bpmn:{tag} id="odd"/>')
    agrees(told(source, "odd"), OUTSIDE[tag], source)


@pytest.mark.parametrize("tag", IN_COLLABORATION)
def test_what_stands_in_collaborations(tag: str) -> None:
    source = drawn(outside=f'<bpmn:collaboration id="c"><bpmn:{tag} id="odd"/></bpmn:collaboration>')
    agrees(told(source, "odd"), IN_COLLABORATION[tag], source)


@pytest.mark.parametrize("tag", IN_PROCESS)
def test_what_stands_in_processes(tag: str) -> None:
    source = drawn(f'<bpmn:{tag} id="odd"/>')
    agrees(told(source, "odd"), IN_PROCESS[tag], source)


@pytest.mark.parametrize("tag", IN_TASK)
def test_what_stands_in_tasks(tag: str) -> None:
    inner = f"<bpmn:{tag}/>"
    if tag == "loopCardinality":
        inner = f"<bpmn:multiInstanceLoopCharacteristics>{inner}</bpmn:multiInstanceLoopCharacteristics>"
    source = drawn(f'<bpmn:userTask id="odd">{inner}</bpmn:userTask>')
    agrees([*told(source, "odd"), *told(source, tag)], IN_TASK[tag], source)


@pytest.mark.parametrize("tag", IN_EVENT)
def test_what_stands_in_events(tag: str) -> None:
    source = drawn(f'<bpmn:intermediateCatchEvent id="odd"><bpmn:{tag}/></bpmn:intermediateCatchEvent>')
    agrees([*told(source, "odd"), *told(source, tag)], IN_EVENT[tag], source)


@pytest.mark.parametrize(("tag", "attribute"), ATTRIBUTES)
def test_what_attributes_say(tag: str, attribute: str) -> None:
    if tag == "process":
        source = drawn().replace(b"<bpmn:process ", f"<bpmn:process {attribute} ".encode())
    elif tag == "multiInstanceLoopCharacteristics":
        source = drawn(f'<bpmn:userTask id="odd"><bpmn:{tag} {attribute}/></bpmn:userTask>')
    else:
        source = drawn(f'<bpmn:{tag} id="odd" {attribute}/>')
    agrees([*told(source, "odd"), *told(source, "stage")], ATTRIBUTES[tag, attribute], source)

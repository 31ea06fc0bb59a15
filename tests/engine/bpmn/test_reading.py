"""Truth values of XML mean the same however they are written, wherever a diagram is read; others are refused."""

import pytest
from lxml import etree

from engine.bpmn import BpmnError
from engine.bpmn.bundle import parse_file
from engine.bpmn.importing import convert
from engine.bpmn.lint import Known, lint, read_diagram
from engine.bpmn.reading import parse_diagram
from engine.incoming_diagrams import showable
from tests.engine.bpmn.diagrams import (
    call,
    catch,
    each,
    end,
    extended,
    file,
    message,
    message_event,
    path,
    process,
    script,
    start,
    tag,
    timer,
    user,
    zeebe,
)
from tests.engine.bpmn.story import Story, bundle

NEWS = message("M", "news")
TRUE, FALSE = ("true", "1", " true ", "1\n"), ("false", "0", " false ", "\t0")


def on_the_border(written: str) -> bytes:
    event = tag("boundaryEvent", {"id": "B", "attachedToRef": "a", "cancelActivity": written}, message_event("M"))
    return file(process("p", start(), user("a"), event, user("h"), end(), path("S", "a", "E"), path("B", "h", "E")),
                NEWS)


def beside(written: str, event: str = "true") -> bytes:
    inner = start("B", message_event("M"), isInterrupting=written) + user("h") + end("HE") + path("B", "h", "HE")
    handler = tag("subProcess", {"id": "ev", "triggeredByEvent": event}, inner)
    return file(process("p", start(), user("a"), end(), path("S", "a", "E"), handler), NEWS)


@pytest.mark.parametrize(("written", "left"), [*((one, ["h"]) for one in TRUE), *((one, ["a", "h"]) for one in FALSE)])
@pytest.mark.parametrize("drawn", [on_the_border, beside])
def test_an_event_interrupts_if_it_says_so_in_any_way_of_writing(drawn: object, written: str, left: list[str]) -> None:
    assert callable(drawn)
    story = Story(bundle(drawn(written)))
    story.fire("B")
    assert story.items == left


@pytest.mark.parametrize("written", TRUE)
def test_sequence_order_and_what_runs_are_heard_in_any_way_of_writing(written: str) -> None:
    one_by_one = each("=[1, 2, 3]", "i").replace('isSequential="false"', f'isSequential="{written}"')
    assert Story(bundle(file(process("p", start(), user("a", one_by_one), end(), path("S", "a", "E"))))).items == ["a"]
    assert Story(bundle(beside("false", event=written))).items == ["a"]
    marker = tag("standardLoopCharacteristics", {"testBefore": written}, tag("loopCondition", None, "=false"))
    never = file(process("p", start(), user("a", marker), user("z"), end(), path("S", "a", "z", "E")))
    assert Story(bundle(never)).items == ["z"]
    drawing = tag("process", {"id": "other"}, start("OS"), end("OE"), path("OS", "OE"))
    runs = tag("process", {"id": "p", "isExecutable": written}, start(), user("a"), end(), path("S", "a", "E"))
    assert [one.id for one in parse_file(file(drawing, runs))] == ["p"]
    inner = process("q", start("QS"), script("sc", "=5", "found"), end("QE"), path("QS", "sc", "QE"))
    given = call("c", "q", all_out=True).replace('ChildVariables="true"', f'ChildVariables="{written}"')
    caller = process("p", start(), given, user("z"), end(), path("S", "c", "z", "E"))
    assert "found" in Story(bundle(file(caller, inner))).variables


@pytest.mark.parametrize("written", FALSE)
def test_what_a_called_process_may_not_give_back_it_does_not_give(written: str) -> None:
    inner = process("q", start("QS"), script("sc", "=5", "found"), end("QE"), path("QS", "sc", "QE"))
    given = call("c", "q").replace('ChildVariables="false"', f'ChildVariables="{written}"')
    caller = process("p", start(), given, user("z"), end(), path("S", "c", "z", "E"))
    assert "found" not in Story(bundle(file(caller, inner))).variables


RACE = [
    catch("m", message_event("M")), catch("t", timer(timeDuration="PT1H")), path("g", "m", "E"), path("g", "t", "E")]
REFUSED = {
    **{f"{flag}={one}": file(process("p", start(), tag("userTask", {"id": "bad", flag: one}), end(),
                                     path("S", "bad", "E")))
       for flag in ("isForCompensation", "instantiate") for one in ("1", " true ")},
    **{f"{name}={one}": file(process("p", start(), tag("userTask", {"id": "bad", name: one}), end(),
                                     path("S", "bad", "E")))
       for name in ("startQuantity", "completionQuantity") for one in ("2", "0", "many")},
    "cancelActivity=no": on_the_border("no").replace(b'"B"', b'"bad"'),
    "cancelActivity=False": on_the_border("False").replace(b'"B"', b'"bad"'),
    "isInterrupting=yes": beside("yes").replace(b'"B"', b'"bad"'),
    "triggeredByEvent=TRUE": beside("true", event="TRUE").replace(b'"ev"', b'"bad"'),
    "parallel race": file(process(
        "p", start(), tag("eventBasedGateway", {"id": "bad", "eventGatewayType": "Parallel"}), end(), path("S", "bad"),
        *[one.replace("g__", "bad__").replace('"g"', '"bad"') for one in RACE]), NEWS),
    "behavior": file(process("p", start(), tag("userTask", {"id": "bad"}, tag(
        "multiInstanceLoopCharacteristics", {"behavior": "None"},
        extended(zeebe("loopCharacteristics", inputCollection="=[1, 2]")))), end(), path("S", "bad", "E"))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_neither_true_nor_false_or_is_not_run_is_refused_by_its_element(name: str) -> None:
    with pytest.raises(BpmnError) as refused:
        parse_file(REFUSED[name])
    assert refused.value.element == "bad" and refused.value.text.ar and refused.value.text.en
    errors = [one for one in lint(read_diagram(parse_diagram(REFUSED[name])), "p.bpmn", Known())
              if one.severity == "error" and one.rule in ("attribute-unreadable", "element-unsupported")]
    assert [one.element for one in errors] == ["bad"]


def test_what_says_the_usual_is_not_refused() -> None:
    drawn = file(process(
        "p", start(), tag("eventBasedGateway", {"id": "g", "eventGatewayType": "Exclusive", "instantiate": "0"}), end(),
        tag("userTask", {"id": "a", "startQuantity": "1", "completionQuantity": "1", "isForCompensation": "0"}),
        path("S", "a", "g"), *RACE), NEWS)
    assert Story(bundle(drawn)).items == ["a"]
    assert not [one for one in lint(read_diagram(parse_diagram(drawn)), "p.bpmn", Known())
                if one.rule in ("attribute-unreadable", "element-unsupported")]


def test_a_diagram_is_converted_and_shown_with_plain_truth_values() -> None:
    """The editor knows only "true": "1" would be shown, and saved, as its opposite."""
    source = beside("0", event="1").replace(b'isExecutable="true"', b'isExecutable=" 1 "')
    for after in (convert(source).source, showable(source)):
        root = etree.fromstring(after)
        found = {str(name): value for element in root.iter("*") for name, value in element.attrib.items()}
        assert (found["isInterrupting"], found["triggeredByEvent"], found["isExecutable"]) == ("false", "true", "true")

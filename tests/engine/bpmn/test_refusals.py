"""What cannot run is refused when it is loaded, by element, in both languages; hostile files are refused at once."""

import pytest

from engine.bpmn import BpmnError
from engine.bpmn.bundle import parse_file
from tests.engine.bpmn.diagrams import (
    HEAD,
    again,
    boundary,
    call,
    catch,
    condition,
    each,
    end,
    error,
    error_event,
    extended,
    file,
    flow,
    gateway,
    job,
    link,
    message,
    message_event,
    path,
    process,
    rule,
    script,
    signal,
    signal_event,
    simple,
    start,
    sub,
    tag,
    timer,
    user,
    zeebe,
)
from tests.engine.bpmn.hostile import try_one
from tests.engine.bpmn.story import Story, bundle


def one(node: str, id: str = "n") -> bytes:
    return simple("p", node, ids=[id])


def with_event(kind: str, place: str = "intermediateCatchEvent") -> bytes:
    definition = tag(f"{kind}EventDefinition", {"id": "d1"})
    if place == "boundaryEvent":
        return simple("p", user("a"), tag(place, {"id": "n", "attachedToRef": "a"}, definition), ids=["a"])
    return one(tag(place, {"id": "n"}, definition))


REFUSED = {
    "an ad-hoc sub-process": (one(tag("adHocSubProcess", {"id": "n"})), "n"),
    "a transaction": (one(tag("transaction", {"id": "n"})), "n"),
    "a complex gateway": (one(gateway("complex", "n")), "n"),
    "a loop marker without a condition": (one(tag("userTask", {"id": "n"}, tag("standardLoopCharacteristics"))), "n"),
    "a loop marker with a huge maximum": (one(user("n", again(most=10 ** 9))), "n"),
    "two loop markers": (one(user("n", again("=x"), each("=[1]", "it"))), "n"),
    "a link that nobody catches": (one(tag("intermediateThrowEvent", {"id": "n"}, link("gone"))), "n"),
    "a link that nothing throws": (file(process("p", start(), end(), path("S", "E"), catch("n", link("a")))), "n"),
    "two catches of one link": (file(process("p", start(), end(), path("S", "E"), catch("n", link("a")),
                                             catch("m", link("a")))), "m"),
    "a flow out of a throwing link": (one(tag("intermediateThrowEvent", {"id": "n"}, link("a"))
                                          + catch("m", link("a"))), "n"),
    "a signal without a name": (file(signal("s", ""), process(
        "p", start(), catch("n", signal_event("s")), path("S", "n"))), "n"),
    "a condition that is no FEEL": (one(catch("n", condition("x"))), "n"),
    "a data arrow that does something": (one(user("n", tag("dataOutputAssociation", {"id": "d"}, tag("assignment")))),
                                         "n"),
    "compensation": (one(tag("userTask", {"id": "n", "isForCompensation": "true"})), "n"),
    **{f"a {kind} event": (with_event(kind), "n") for kind in (
        "signal", "escalation", "conditional", "link", "compensate", "cancel", "error", "invented")},
    **{f"a {kind} event on a border": (with_event(kind, "boundaryEvent"), "n") for kind in (
        "signal", "conditional", "compensate", "cancel", "terminate", "link")},
    "two definitions in one event": (one(tag("intermediateCatchEvent", {"id": "n"}, timer(timeDuration="PT1H"),
                                             timer(timeDuration="PT2H"))), "n"),
    "an event that waits for nothing": (one(tag("intermediateCatchEvent", {"id": "n"})), "n"),
    "a message that is not there": (one(catch("n", message_event("m"))), "n"),
    "a timer without time": (one(catch("n", timer())), "n"),
    "a service task without a type": (one(tag("serviceTask", {"id": "n"})), "n"),
    "a rule without a decision": (one(tag("businessRuleTask", {"id": "n"})), "n"),
    "a decision by expression": (one(rule("n", "=x", "y")), "n"),
    "a script in another language": (one(tag("scriptTask", {"id": "n"}, tag("script", None, "import os"))), "n"),
    "FEEL that is none": (one(script("n", "=1 +", "x")), "n"),
    "a script without an equals sign": (one(script("n", "1", "x")), "n"),
    "a name that is no name": (one(script("n", "=1", "a b")), "n"),
    "a dotted target": (one(user("n", inputs={"a.b": "=1"})), "n"),
    "a call to nothing": (one(call("n", "elsewhere")), "n"),
    "a call without a process": (one(tag("callActivity", {"id": "n"})), "n"),
    "a repetition over nothing": (one(user("n", tag("multiInstanceLoopCharacteristics"))), "n"),
    "a repetition without an expression": (one(user("n", each("people", "who"))), "n"),
    "an extension we do not know": (one(tag("userTask", {"id": "n"}, extended(zeebe("executionListeners")))), "n"),
    "a form without an id": (one(tag("userTask", {"id": "n"}, extended(zeebe("formDefinition", formKey="x")))), "n"),
    "mappings on a gateway": (one(tag("exclusiveGateway", {"id": "n"}, extended(
        "<zeebe:ioMapping><zeebe:input source='=1' target='x'/></zeebe:ioMapping>"))), "n"),
    "a gateway whose arrows say nothing": (file(process(
        "p", start(), gateway("exclusive", "g"), end(), end("E2"), path("S", "g", "E"),
        flow("g", "E2", "other", "=x"))), "g__E"),
    "a condition out of a parallel gateway": (file(process(
        "p", start(), gateway("parallel", "g"), end(), path("S", "g"), flow("g", "E", "wrong", "=x"))), "wrong"),
    "a default that leaves elsewhere": (one(gateway("exclusive", "n", "elsewhere")), "n"),
    "a condition without an equals sign": (file(process(
        "p", start(), gateway("exclusive", "g"), end(), path("S", "g"), flow("g", "E", "wrong", "x > 1"))), "wrong"),
    "an arrow to nowhere": (file(process("p", start(), end(), path("S", "E"), flow("S", "gone", "wrong"))), "wrong"),
    "an arrow out of an end": (file(process("p", start(), end(), path("S", "E", "E"))), "E"),
    "an arrow into a start": (file(process("p", start(), user("u"), path("S", "u", "S"))), "S"),
    "no start": (file(process("p", user("u"), path("u", "u"))), "p"),
    "two starts": (file(process("p", start(), start("S2"), end(), path("S", "E"), path("S2", "E"))), "p"),
    "a start by message": (file(message("m", "m"), process(
        "p", start("S", message_event("m")), end(), path("S", "E"))), "S"),
    "what no path leads to": (file(process("p", start(), user("lost"), end(), path("S", "E"))), "lost"),
    "an event gateway before a task": (one(gateway("eventBased", "n")), "n"),
    "a border on nothing": (file(process("p", start(), end(), path("S", "E"), boundary(
        "n", "gone", timer(timeDuration="PT1H")))), "n"),
    "an error that does not interrupt": (file(error("e", "1"), process(
        "p", start(), user("u"), path("S", "u"), boundary("n", "u", error_event("e"), False))), "n"),
    "an event sub-process without an event": (file(process(
        "p", start(), end(), path("S", "E"), sub("esp", start("s"), event=True))), "s"),
    "the same id twice": (one(user("n") + user("n")), "n"),
    "an element without an id": (file(process("p", start(), tag("userTask"))), None),
    "a message sent without a job": (file(message("m", "m"), process(
        "p", start(), tag("intermediateThrowEvent", {"id": "n"}, message_event("m")), path("S", "n"))), "n"),
    "retries that are no number": (one(job("n", "mail").replace('retries="3"', 'retries="many"')), "n"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_run_is_refused_by_name(what: str) -> None:
    source, element = REFUSED[what]
    with pytest.raises(BpmnError) as refused:
        bundle(source)
    assert refused.value.text.ar and refused.value.text.en
    assert element is None or refused.value.element == element


def nested(depth: int) -> bytes:
    inner = ""
    for n in range(depth):
        inner = sub(f"n{n}", start(f"s{n}"), inner, end(f"e{n}"), path(f"s{n}", *([f"n{n - 1}"] if n else []), f"e{n}"))
    return simple("p", inner, ids=[f"n{depth - 1}"])


HOSTILE = {
    "nothing": b"", "text": b"hello", "zeros": b"\0" * 100, "another root": b"<html/>", "cut off": one(user("n"))[:-30],
    "no process": (HEAD + "</bpmn:definitions>").encode(),
    "not executable": one(user("n")).replace(b'isExecutable="true"', b'isExecutable="false"'),
    "entities": b'<!DOCTYPE d [<!ENTITY a "b">]>' + one(user("n")),
    "a file of the machine": b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + one(user("n")),
    "too large": b"<a>" + b" " * 5_000_000 + b"</a>",
    "too deep": b"<a>" * 5000 + b"</a>" * 5000, "sub-processes too deep": nested(25),
    "an unknown encoding": b'<?xml version="1.0" encoding="x-nope"?>' + one(user("n")),
    "no namespace": b"<definitions><process id='p'/></definitions>",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused(what: str) -> None:
    with pytest.raises(BpmnError):
        parse_file(HOSTILE[what])


def test_a_path_of_a_thousand_elements_is_read_and_run() -> None:
    ids = [f"n{n}" for n in range(1500)]
    nodes = [user(id) if n % 2 else gateway("exclusive", id) for n, id in enumerate(ids)]
    story = Story(bundle(simple("p", *nodes, ids=ids)))
    for _ in range(4):
        story.complete(story.items[0])
    assert story.items == ["n9"]


def test_names_and_properties_are_there_for_both_languages() -> None:
    source = file(process("p", start(), user("u", groups="a, b", form="f", name_en="Reception", offer="x").replace(
        'id="u"', 'id="u" name="استقبال"'), end(), path("S", "u", "E"), stage="reception", name_en="The case"))
    definitions = bundle(source)
    element = definitions.element("p", "u")
    assert (element.name.ar, element.name.en, element.groups, element.form) == ("استقبال", "Reception", ("a", "b"), "f")
    assert element.properties["offer"] == "x" and element.type == "userTask" and element.parent is None
    found = definitions.processes["p"]
    assert (found.name.en, found.properties["stage"]) == ("The case", "reception") and len(found.sha256) == 64
    with pytest.raises(KeyError):
        definitions.element("p", "nothing")


def test_a_file_is_parsed_once() -> None:
    source = one(user("n"))
    assert bundle(source).processes["p"] is bundle(bytes(bytearray(source))).processes["p"]


def test_two_files_may_use_the_same_ids_but_not_the_same_process() -> None:
    inner = sub("sp", start("s"), user("u"), path("s", "u"))
    both = bundle(simple("p", inner, ids=["sp"]), simple("q", inner, ids=["sp"]))
    assert set(both.processes) == {"p", "q"}
    with pytest.raises(BpmnError):
        bundle(simple("p", inner, ids=["sp"]), simple("p", user("u"), ids=["u"]))


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_spoilt_diagrams_are_refused_or_run_but_never_surprise(first: int) -> None:
    assert {try_one(seed) for seed in range(first, first + 100)} >= {"refused", "ran"}

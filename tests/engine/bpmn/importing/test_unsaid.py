"""Nothing that another engine read is dropped without a word: it is in the mended file, or in what is told."""

import re
from collections.abc import Iterator

import pytest

from engine.bpmn.importing import Converted, convert
from tests.engine.bpmn.importing.settings import ATTRIBUTES, CAMUNDA, EXTENSIONS, ZEEBE

HOSTS = {
    "process": "", "startEvent": '<startEvent id="e"{0}>{1}</startEvent>',
    "multiInstanceLoopCharacteristics": '<userTask id="e"><multiInstanceLoopCharacteristics{0}>{1}'
                                        "</multiInstanceLoopCharacteristics></userTask>",
    "conditionExpression": '<sequenceFlow id="e" sourceRef="a" targetRef="b"><conditionExpression{0}>${{x == 1}}'
                           "</conditionExpression></sequenceFlow>",
    "messageEventDefinition": '<endEvent id="e"><messageEventDefinition{0}/></endEvent>',
    "callActivity": '<callActivity id="e" calledElement="other"{0}>{1}</callActivity>', "error": "",
}
for name in ("errorEventDefinition", "escalationEventDefinition", "conditionalEventDefinition"):
    HOSTS[name] = f'<boundaryEvent id="e" attachedToRef="b"><{name}{{0}}>{{1}}</{name}></boundaryEvent>'


def drawn(tag: str, attribute: str, extension: str, namespace: str) -> bytes:
    """A diagram with an element that has an attribute and extensions."""
    inside = f"<extensionElements>{extension}</extensionElements>" if extension else ""
    host = HOSTS.get(tag, f'<{tag} id="e"{{0}}>{{1}}</{tag}>').format(attribute, inside)
    of_process, within = (attribute, inside) if tag == "process" else ("", "")
    error = f'<error id="err" errorCode="x"{attribute}/>' if tag == "error" else ""
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" '
        f'xmlns:z="http://camunda.org/schema/zeebe/1.0" xmlns:v="{namespace}">{error}'
        f'<process id="p" isExecutable="true"{of_process}>{within}'
        f'<userTask id="a"/><userTask id="b"/>{host}</process></definitions>').encode()


def told(result: Converted) -> str:
    """What is told, in one language and in the other, where both hold the same."""
    notes = (*result.done, *result.open)
    ar, en = (" ".join(getattr(note.text, language) for note in notes) for language in ("ar", "en"))
    return " ".join(word for word in re.split(r"[\s:,;=«»“”()؛،]+", ar) if word in en)


def attributes() -> Iterator[tuple[str, str, str]]:
    for namespace, places in ATTRIBUTES.items():
        for tag, names in places.items():
            yield from ((namespace, tag, name) for name in names.split())


@pytest.mark.parametrize(("namespace", "tag", "name"), list(attributes()))
def test_an_attribute_of_another_engine_is_kept_or_told(namespace: str, tag: str, name: str) -> None:
    for value in ("KEPT", "${KEPT.run()}", "latest"):
        result = convert(drawn(tag, f' v:{name}="{value}"', "", namespace))
        assert namespace.encode() not in result.source
        kept = value.strip("${}") in result.source.decode()
        assert name in told(result) or kept, value


def test_a_setting_beside_the_one_that_takes_its_place_is_kept_or_told() -> None:
    for tag, names in ATTRIBUTES[CAMUNDA].items():
        together = names.split()
        values = "".join(f' v:{name}="KEPT_{name}_"' for name in together)
        result = convert(drawn(tag, values, "", CAMUNDA))
        for name in together:
            said = told(result)
            assert f"KEPT_{name}_" in said + result.source.decode() or name in said, (tag, name)


def extensions() -> Iterator[tuple[str, str, str]]:
    for namespace, places in EXTENSIONS.items():
        yield from ((namespace, tag, one) for tag, some in places.items() for one in some)
    yield from ((CAMUNDA, tag, one) for tag, some in ZEEBE.items() for one in some)


@pytest.mark.parametrize(("namespace", "tag", "extension"), list(extensions()))
def test_every_word_of_an_extension_is_kept_or_told(namespace: str, tag: str, extension: str) -> None:
    result = convert(drawn(tag, "", extension, namespace))
    assert namespace.encode() not in result.source
    assert result.done or result.open
    for word in re.findall(r"KEPT\d+", extension):
        assert re.search(rf"{word}\b", result.source.decode() + told(result)), word


def test_comments_of_the_file_are_told_where_they_are_taken_out() -> None:
    source = drawn("userTask", ' v:assignee="x"', "", CAMUNDA).replace(b"<process", b"<!-- why --><process")
    assert any("Comments of XML were taken out (1)" in note.text.en for note in convert(source).done)

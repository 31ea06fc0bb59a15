"""What the elements of a file are called, so that a finding names more than an id. Nothing where it cannot be read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from engine.findings import NAMELESS, Finding
from engine.safexml import UnsafeXml, parse_xml
from engine.text import Text

LONGEST = 120


def named(content: bytes, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a file, each with the name (of a question, the label) of the element that it is about."""
    if not any(one.element for one in findings):
        return list(findings)
    names = _of_form(content) if content.lstrip()[:1] == b"{" else _of_xml(content)
    return [replace(one, name=names.get(one.element, NAMELESS)) for one in findings]


def _of_xml(content: bytes) -> dict[str, Text]:
    try:
        root = parse_xml(content)
    except UnsafeXml:
        return {}
    elements = {str(one.get("id")): one for one in root.iter("*") if one.get("id")}
    return {id: name if (name := _name(one)).ar else _way(one, elements) for id, one in elements.items()}


def _name(element: etree._Element) -> Text:
    english = (str(value) for key, value in element.attrib.items() if str(key).endswith("}name_en"))
    for holder in element.iterchildren("{*}extensionElements"):
        said = (one.get("value") or "" for one in holder.iter("{*}property") if one.get("name") == "name_en")
        return _text(element.get("name") or element.get("label"), next(said, ""))
    return _text(element.get("name") or element.get("label"), next(english, ""))


def _way(flow: etree._Element, elements: Mapping[str, etree._Element]) -> Text:
    """A flow without a name is called after its two ends."""
    ends = [elements.get(flow.get(end) or "") for end in ("sourceRef", "targetRef")]
    names = [_name(one) for one in ends if one is not None]
    if len(names) < 2 or not all(name.ar for name in names):
        return NAMELESS
    return _text(" ← ".join(name.ar for name in names), " → ".join(name.in_("en") for name in names))


def _of_form(content: bytes) -> dict[str, Text]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    found: dict[str, Text] = {}
    for field in _fields(document):
        label, own = field.get("label"), field.get("properties")
        english = own.get("label_en") if isinstance(own, dict) else ""
        for key in (field.get("key"), field.get("path"), field.get("id")):
            if isinstance(key, str) and isinstance(label, str):
                found.setdefault(key, _text(label, english if isinstance(english, str) else ""))
    return found


def _fields(document: object) -> Iterator[dict[str, object]]:
    waiting = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            inner = one.get("components")
            waiting += inner if isinstance(inner, list) else []


def _text(arabic: str | None, english: str) -> Text:
    return Text(*(" ".join(words.split())[:LONGEST] for words in (arabic or "", english)))

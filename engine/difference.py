"""What differs between two versions of a file, told by the elements, fields and rules that people drew. Pure.

What cannot be read as such is told line by line; what is too large for that is only said to differ."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from engine.safexml import UnsafeXml, parse_xml
from engine.safeyaml import UnsafeYaml, parse_yaml

MOST_LINES = 3_000
MOST_TOLD = 300
LONGEST_VALUE = 600
CALLED = "\0called"
"""The name under which a cell of a table is told; it is no fact of its own."""
DRAWN = "\0drawn"
_DRAWING = ("/BPMN/20100524/DI", "/DD/20100524/", "/DMNDI/", "/DMN/20180521/D")
_WRAPPING = ("extensionElements", "properties", "ioMapping", "taskHeaders")
"""Elements that say nothing themselves."""
Facts = Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One element (or question, line of a list) that came, went or changed: `fields` are (name, before, after)."""

    how: Literal["added", "removed", "changed"]
    element: str
    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Line:
    """A line of a text: " " as it was, "+" come, "-" gone."""

    sign: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What differs. `moved` counts elements of the drawing; `lines` stand where there are no elements to tell."""

    changes: tuple[Change, ...] = ()
    lines: tuple[Line, ...] = ()
    moved: int = 0
    cut: bool = False


def difference(kind: str, before: bytes, after: bytes) -> Difference:
    """What differs between two files of a stored kind."""
    reader = {"process": _of_xml, "decision": _of_xml, "form": _of_form}.get(kind, _of_lists)
    old, new = reader(before), reader(after)
    if old is None or new is None or (not before and kind in ("list", "calendar")):
        return _by_lines(before, after)
    drawn_old, drawn_new = ({k: v for k, v in one.items() if DRAWN in v} for one in (old, new))
    moved = sum(drawn_old.get(k) != drawn_new.get(k) for k in {*drawn_old, *drawn_new})
    told = list(_changes(_but(old, drawn_old), _but(new, drawn_new)))
    if not told and not moved and before != after:
        return _by_lines(before, after)
    return Difference(tuple(told[:MOST_TOLD]), (), moved, len(told) > MOST_TOLD)


def _but(whole: Mapping[str, Facts], part: Mapping[str, Facts]) -> dict[str, Facts]:
    return {key: facts for key, facts in whole.items() if key not in part}


def _changes(old: Mapping[str, Facts], new: Mapping[str, Facts]) -> Iterator[Change]:
    for key, facts in new.items():
        if key not in old:
            yield Change("added", key, _name(facts), _fields({}, facts))
        elif _fields(old[key], facts):
            yield Change("changed", key, _name(facts), _fields(old[key], facts))
    for key, facts in old.items():
        if key not in new:
            yield Change("removed", key, _name(facts), _fields(facts, {}))


def _fields(old: Facts, new: Facts) -> tuple[tuple[str, str, str], ...]:
    names = [name for name in dict.fromkeys([*new, *old]) if name not in (CALLED, DRAWN)]
    return tuple((n, _short(old.get(n, "")), _short(new.get(n, ""))) for n in names if old.get(n) != new.get(n))


def _name(facts: Facts) -> str:
    return _short(facts.get(CALLED) or facts.get("name") or facts.get("label") or facts.get("ar") or "")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _of_xml(source: bytes) -> dict[str, Facts] | None:
    """Every element with an id, with all it says itself and through children without one."""
    if not source:
        return {}
    try:
        root = parse_xml(source)
    except UnsafeXml:
        return None
    found: dict[str, dict[str, str]] = {}
    cells = _cells(root)
    for element in root.iter("*"):
        if element.get("id"):
            key = str(element.get("id"))
            facts: dict[str, str] = {DRAWN: ""} if _is_drawing(element) else {}
            _tell(element, "", facts)
            if element in cells:
                facts[CALLED] = cells[element]
            found[key if key not in found else f"{key}@{element.sourceline}"] = facts
    return found  # type: ignore[return-value]


def _tell(element: etree._Element, prefix: str, facts: dict[str, str]) -> None:
    for name, value in element.attrib.items():
        if str(name) != "id":
            facts[prefix + _local(str(name))] = str(value)
    if (element.text or "").strip():
        facts[prefix.rstrip(".") or "text"] = str(element.text).strip()
    seen: dict[str, int] = {}
    for child in element:
        tag = _local(str(child.tag))
        if child.get("id") and not (child.get("name") and tag == "property"):
            continue
        word = str(child.get("name") or child.get("target") or child.get("key") or "")
        step = tag if not word else f"{tag} {word}"
        if tag in _WRAPPING:
            _tell(child, prefix, facts)
            continue
        seen[step] = seen.get(step, 0) + 1
        where = step if seen[step] == 1 else f"{step} {seen[step]}"
        _tell(child, f"{prefix}{where}.", facts)


def _cells(root: etree._Element) -> dict[etree._Element, str]:
    """Every cell of every decision table by its column and its rule: "Reason · 3"."""
    found: dict[etree._Element, str] = {}
    for table in root.iter("{*}decisionTable"):
        heads = {
            tag: [one.get("label") or one.get("name") or "" for one in table.findall(f"{{*}}{tag}")]
            for tag in ("input", "output")
        }
        for number, rule in enumerate(table.findall("{*}rule"), 1):
            for tag, words in heads.items():
                cells = rule.findall(f"{{*}}{tag}Entry")
                found |= {cell: f"{word} · {number}" for cell, word in zip(cells, words, strict=False)}
    return found


def _is_drawing(element: etree._Element) -> bool:
    return any(part in str(element.tag) for part in _DRAWING)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _of_form(source: bytes) -> dict[str, Facts] | None:
    """Every component of a form by its key or id."""
    if not source:
        return {}
    try:
        root = json.loads(source)
    except (ValueError, RecursionError):
        return None
    if not isinstance(root, dict):
        return None
    found: dict[str, Facts] = {}
    waiting: list[tuple[str, object]] = [("", root)]
    while waiting:
        prefix, one = waiting.pop(0)
        if not isinstance(one, dict):
            continue
        inner = one.get("components")
        own = str(one.get("key") or one.get("path") or one.get("id") or "?")
        key = f"{prefix}{own}"
        found[key if key not in found else f"{key}@{len(found)}"] = dict(_flat(one, ""))
        deeper = f"{key}." if one.get("path") else prefix
        waiting += [(deeper, child) for child in inner] if isinstance(inner, list) else []
    return found


def _of_lists(source: bytes) -> dict[str, Facts] | None:
    """Every line of every list, by the list and its value; what is no list, by its name."""
    try:
        root = parse_yaml(source) if source.strip() else {}
    except UnsafeYaml:
        return None
    if not isinstance(root, dict):
        return None
    found: dict[str, Facts] = {}
    for name, lines in root.items():
        if isinstance(lines, list) and lines and all(isinstance(line, dict) and "value" in line for line in lines):
            for number, line in enumerate(lines, 1):
                key = f"{name}: {line['value']}"
                place = {"place": str(number)} if key not in found else {}
                found[key if place else f"{key}@{number}"] = {**dict(_flat(line, "")), **place}
        else:
            found[str(name)] = dict(_flat({"value": lines}, ""))
    return found


def _flat(value: object, prefix: str) -> Iterator[tuple[str, str]]:
    """The leaves of plain data by their dotted paths, without the components of a form."""
    inner: Iterable[tuple[object, object]]
    if isinstance(value, dict):
        inner = ((name, one) for name, one in value.items() if name != "components")
    elif isinstance(value, list):
        inner = enumerate(value, 1)
    else:
        yield prefix.rstrip("."), "" if value is None else str(value)
        return
    for name, one in inner:
        yield from _flat(one, f"{prefix}{name}.")


def _by_lines(before: bytes, after: bytes) -> Difference:
    old, new = (source.decode("utf-8", "replace").splitlines() for source in (before, after))
    if len(old) > MOST_LINES or len(new) > MOST_LINES:
        return Difference(cut=True)
    found = [line for line in difflib.unified_diff(old, new, lineterm="", n=2) if not line.startswith(("---", "+++"))]
    told = tuple(Line(line[:1], _short(line[1:])) for line in found[:MOST_TOLD])
    return Difference((), told, 0, len(found) > MOST_TOLD)

"""Which changes of definitions take a second person: those about consent, access and notification. Pure.

The security officer's floor is in engine/powers.py; the list `second_person` adds to it. What the version in force
marks counts as well as what the draft marks, so a draft cannot switch off what holds it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from engine.definitions import Source
from engine.ownership import names_in
from engine.powers import ALWAYS_SECOND_PERSON, SECOND_PERSON
from engine.safexml import UnsafeXml, parse_xml
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.studio import noun_of

Key = tuple[str, str]


def held_back(chosen: Sequence[Source], in_force: Iterable[Source]) -> tuple[Source, ...]:
    """Those of the chosen files that may not be published without a second person."""
    old: Mapping[Key, Source] = {(source.kind, source.key): source for source in in_force}
    marked = _marked([*old.values(), *chosen])
    return tuple(one for one in chosen if _takes(one, old.get((one.kind, one.key)), marked))


def _takes(new: Source, old: Source | None, marked: frozenset[str]) -> bool:
    names = {f"{noun_of(new.kind)} {name}" for name in _names(new) | (_names(old) if old else frozenset())}
    if any(name in marked or name.startswith(ALWAYS_SECOND_PERSON) for name in names):
        return True
    return _uses(new, marked) != (_uses(old, marked) if old else Counter())


def _marked(sources: Iterable[Source]) -> frozenset[str]:
    """What the list names, in any file that holds a list of that name."""
    found: set[str] = set()
    for source in sources:
        if source.kind != "list":
            continue
        try:
            content = parse_yaml(source.content)
        except UnsafeYaml:
            continue
        lines = content.get(SECOND_PERSON) if isinstance(content, dict) else None
        found |= {str(line.get("value")) for line in lines or () if isinstance(line, dict)}
    return frozenset(found)


def _names(source: Source) -> frozenset[str]:
    """The key of a file and the names of what is in it, so that nothing is replaced from under another key. Of the
    lists in a file only the one that marks counts: a list is marked as the file that it lies in."""
    inside = names_in(source)
    return frozenset({source.key}) | (inside & {SECOND_PERSON} if source.kind == "list" else inside)


def _uses(source: Source, marked: frozenset[str]) -> Counter[str]:
    """How often a process asks the marked decisions and forms: leaving one out changes consent as well."""
    if source.kind != "process":
        return Counter()
    asked = [
        f"{kind} {one.get(attribute)}"
        for one in _elements(source)
        for kind, attribute in (("decision", "decisionId"), ("form", "formId")) if one.get(attribute)
    ]
    return Counter(name for name in asked if name in marked or name.startswith(ALWAYS_SECOND_PERSON))


def _elements(source: Source) -> list[etree._Element]:
    try:
        return list(parse_xml(source.content).iter("*"))
    except UnsafeXml:
        return []

"""Every name belongs to one file: a process, decision, form or list is never defined from under another key. Pure."""

import json
from collections.abc import Iterable, Sequence

from engine.definitions import Kind, Source
from engine.findings import Finding
from engine.safexml import UnsafeXml, parse_xml
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.studio import file_name
from engine.text import Text

_TAGS: dict[Kind, str] = {"process": "{*}process", "decision": "{*}decision"}


def names_in(source: Source) -> frozenset[str]:
    """What a file defines: processes, decisions, a form or lists, by their ids; nothing where it cannot be read."""
    if source.kind in _TAGS:
        return _ids(source.content, _TAGS[source.kind])
    if source.kind == "form":
        return _form(source.content)
    return _lists(source.content) if source.kind == "list" else frozenset()


def foreign_names(chosen: Sequence[Source], in_force: Iterable[Source]) -> list[Finding]:
    """Findings for chosen files that define what another file defines, or a process of another name than their own."""
    together = {(one.kind, one.key): one for one in (*in_force, *chosen)}
    owners: dict[tuple[Kind, str], set[str]] = {}
    for one in together.values():
        for name in names_in(one):
            owners.setdefault((one.kind, name), set()).add(one.key)
    found = []
    for one in chosen:
        names = names_in(one)
        if one.kind == "process" and names and one.key not in names:
            found.append(_finding(one, one.key, Text(
                f"لا يحمل أي إجراء في الملف المعرّف «{one.key}».", f"No process in the file has the id “{one.key}”."
            )))  # fmt: skip
        for name in sorted(names):
            others = sorted(owners[one.kind, name] - {one.key})
            if others:
                found.append(_finding(one, name, Text(
                    f"«{name[:60]}» معرّف في {file_name(one.kind, others[0])} أيضاً.",
                    f"“{name[:60]}” is defined in {file_name(one.kind, others[0])} as well.",
                )))  # fmt: skip
    return found


def _finding(source: Source, name: str, message: Text) -> Finding:
    mend = Text("أعطه معرّفاً خاصاً به.", "Give it an id of its own.")
    return Finding(file_name(source.kind, source.key), name[:100], "name-elsewhere", "error", message, mend)


def _ids(content: bytes, tag: str) -> frozenset[str]:
    try:
        return frozenset(str(one.get("id")) for one in parse_xml(content).iter(tag) if one.get("id"))
    except UnsafeXml:
        return frozenset()


def _form(content: bytes) -> frozenset[str]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset({str(found["id"])}) if isinstance(found, dict) and found.get("id") else frozenset()


def _lists(content: bytes) -> frozenset[str]:
    try:
        found = parse_yaml(content)
    except UnsafeYaml:
        return frozenset()
    if not isinstance(found, dict):
        return frozenset()
    return frozenset(
        str(name) for name, lines in found.items()
        if isinstance(lines, list) and lines and all(isinstance(line, dict) and "value" in line for line in lines)
    )

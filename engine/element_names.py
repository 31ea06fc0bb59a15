"""What the elements of a file are called, so that a finding names more than an id. Pure; nothing where it cannot be
read."""

import json
from collections.abc import Mapping, Sequence

from engine.findings import Finding
from engine.safexml import UnsafeXml, parse_xml
from engine.studio import could_be_read

LONGEST = 120


def element_names(content: bytes, findings: Sequence[Finding]) -> Mapping[str, str]:
    """The names (of questions, the labels) of those elements of a file that findings are about, by id or key."""
    wanted = {one.element for one in findings if one.element}
    if not wanted or not could_be_read(list(findings)):
        return {}
    found = _of_form(content) if content.lstrip()[:1] == b"{" else _of_xml(content)
    return {key: name[:LONGEST] for key, name in found.items() if key in wanted and name}


def _of_xml(content: bytes) -> dict[str, str]:
    try:
        root = parse_xml(content)
    except UnsafeXml:
        return {}
    return {
        str(one.get("id")): " ".join(str(one.get("name") or one.get("label") or "").split())
        for one in root.iter("*") if one.get("id")
    }  # fmt: skip


def _of_form(content: bytes) -> dict[str, str]:
    try:
        waiting: list[object] = [json.loads(content)]
    except (ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    while waiting:
        one = waiting.pop()
        if not isinstance(one, dict):
            continue
        for key in (one.get("key"), one.get("path"), one.get("id")):
            if isinstance(key, str) and isinstance(one.get("label"), str):
                found.setdefault(key, one["label"])
        inner = one.get("components")
        waiting += inner if isinstance(inner, list) else []
    return found

"""Ids and what refers to them: prefixes taken off, ids that FEEL cannot read given another form, everywhere at once."""

import re

from lxml import etree

from engine.bpmn.importing.notes import Notes
from engine.bpmn.names import BPMN, FLOW_NODES, local

REFERRING = frozenset({
    "sourceRef", "targetRef", "attachedToRef", "default", "messageRef", "errorRef", "signalRef", "escalationRef",
    "processRef", "dataObjectRef", "dataStoreRef", "bpmnElement", "operationRef", "definitionalCollaborationRef",
})
MENTIONS = frozenset({"incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef"})
_READABLE = re.compile(r"[^\W\d]\w{0,99}")


def mend_references(root: etree._Element, notes: Notes) -> None:
    """References without the prefix of their own file, and ids that can name a variable."""
    ids = {str(one.get("id")): one for one in root.iter(f"{BPMN}*") if one.get("id")}
    _without_prefixes(root, ids, notes)
    renamed: dict[str, str] = {}
    for id, one in ids.items():
        if local(one) in FLOW_NODES | {"process"} and not _READABLE.fullmatch(id) and notes.meant(one):
            renamed[id] = _readable(id, local(one), ids, renamed)
            notes.became(one, f"id {id}", renamed[id])
    if renamed:
        notes.renamed.update({new: old for old, new in renamed.items()})
        _rename(root, renamed)


def _without_prefixes(root: etree._Element, ids: dict[str, etree._Element], notes: Notes) -> None:
    for one in (one for one in root.iter("*") if notes.meant(one)):
        for name in REFERRING & {str(key) for key in one.attrib}:
            value = str(one.get(name))
            if value not in ids and value.rpartition(":")[2] in ids:
                one.set(name, value.rpartition(":")[2])
        text = (one.text or "").strip()
        if local(one) in MENTIONS and text not in ids and text.rpartition(":")[2] in ids:
            one.text = text.rpartition(":")[2]


def _readable(id: str, tag: str, ids: dict[str, etree._Element], renamed: dict[str, str]) -> str:
    plain = re.sub(r"\W+", "_", id).strip("_")[:80]
    plain = plain if _READABLE.fullmatch(plain) else f"{tag}_{plain}".rstrip("_")
    taken, found, number = {*ids, *renamed.values()}, plain, 1
    while found in taken:
        number += 1
        found = f"{plain}_{number}"
    return found


def _rename(root: etree._Element, renamed: dict[str, str]) -> None:
    for one in root.iter("*"):
        for name in (REFERRING | {"id"}) & {str(key) for key in one.attrib}:
            one.set(name, renamed.get(str(one.get(name)), str(one.get(name))))
        text = (one.text or "").strip()
        if local(one) in MENTIONS and text in renamed:
            one.text = renamed[text]

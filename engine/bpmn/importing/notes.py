"""What converting did, and what it leaves to a person; and the small steps that all mends share."""

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from engine.bpmn.importing.juel import translated
from engine.bpmn.names import BPMN, FLOW_NODES, WAS, ZEEBE, extension, local, name_of
from engine.text import Text

VENDORS = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
    "http://www.jboss.org/drools": "drools",
}
"""Engines whose settings mean something when a process runs; the first three are of one family and name them alike."""


ANCHORS = FLOW_NODES | {"sequenceFlow", "process", "message", "signal", "error", "escalation"}
"""What people point at in a drawing, with everything that is written on it."""
MOST_KEPT = 2_000


class Note(NamedTuple):
    """One thing that was done or is to be decided, at an element."""

    element: str
    text: Text


@dataclass
class Notes:
    """Everything to tell of a file. `only` are the elements to be mended, as the file names them; None: all."""

    only: frozenset[str] | None = None
    done: list[Note] = field(default_factory=list)
    open: list[Note] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    """How elements were named before, by their ids now."""

    def meant(self, node: etree._Element) -> bool:
        """Whether this part of the file is to be mended."""
        return self.only is None or self.named_before(name_of(anchor_of(node))) in self.only

    def named_before(self, name: str) -> str:
        """How an element was named in the file as it came."""
        return self.renamed.get(name, name)

    def did(self, node: etree._Element, ar: str, en: str) -> None:
        """Something was mended."""
        self.done.append(Note(owner_of(node), Text(ar, en)))

    def decide(self, node: etree._Element, ar: str, en: str) -> None:
        """Something only a person can know."""
        self.open.append(Note(owner_of(node), Text(ar, en)))

    def became(self, node: etree._Element, before: str, after: str) -> None:
        """One setting has become another."""
        self.did(node, f"صار {before} {after}", f"{before} became {after}")


def owner_of(node: etree._Element) -> str:
    """The nearest element with an id, as people find it in an editor."""
    at: etree._Element | None = node
    while at is not None:
        if at.get("id") and str(at.tag).startswith(BPMN):
            return str(at.get("id"))
        at = at.getparent()
    return name_of(node)


def anchor_of(node: etree._Element) -> etree._Element:
    """The node, flow or process that something is a part of; outside of processes the element itself."""
    at: etree._Element | None = node
    while at is not None:
        if str(at.tag).startswith(BPMN) and local(at) in ANCHORS:
            return at
        at = at.getparent()
    return node


def vendor_of(name: str) -> tuple[str, str] | None:
    """Which engine an attribute or element belongs to, and its name there; None for what is no engine's."""
    namespace, _, short = name.removeprefix("{").partition("}")
    return (VENDORS[namespace], short) if namespace in VENDORS else None


def take(node: etree._Element, name: str) -> tuple[str, str] | None:
    """Takes an attribute of another engine off an element: how it was written there, and its value."""
    for namespace, vendor in VENDORS.items():
        value = without(node, f"{{{namespace}}}{name}")
        if value is not None:
            return f"{vendor}:{name}", value
    return None


def without(node: etree._Element, name: str) -> str | None:
    """Takes an attribute off an element; None if it has none of that name."""
    value = node.get(name)
    if value is not None:
        del node.attrib[name]
    return None if value is None else str(value).strip()


def bound(node: etree._Element, what: str, notes: Notes) -> None:
    """Takes the binding of a reference (to a decision, process or form) off an element, and says so. Of what was bound
    to one version or to a tenant a person decides."""
    for name in (f"{what}Binding", f"{what}Version", f"{what}VersionTag", f"{what}TenantId"):
        found = take(node, name)
        if found is None:
            continue
        before, value = found
        if name == f"{what}Binding" and value in ("latest", "deployment"):
            notes.did(node, f"حُذف {before}={value}: الحالة مربوطة بكل ما بدأت به.",
                      f"{before}={value} was taken out: a case is bound to everything it began with.")
            continue
        keep(node, before, value)
        notes.decide(node, f"{before}={value}: لا يُقرأ هنا، ويُستعمل ما هو نافذ حين تبدأ الحالة؛ تأكد أنه المقصود.",
                     f"{before}={value}: not read here; see that what is in force when a case begins is meant.")


def lost(node: etree._Element, found: tuple[str, str] | None, notes: Notes) -> None:
    """What was taken off an element and finds no place: it is kept, and a person decides."""
    if found is not None:
        before, value = found
        keep(node, before, value)
        notes.decide(node, f"{before}={value}: قرّر ما يحل محله.", f"{before}={value}: decide what takes its place.")


def children(node: etree._Element, name: str) -> list[etree._Element]:
    """The elements of other engines of that name among the extensions of an element."""
    holder = node.find(f"{BPMN}extensionElements")
    return [] if holder is None else [
        child for child in holder if (vendor_of(str(child.tag)) or ("", ""))[1] == name]


def ours(node: etree._Element, tag: str) -> etree._Element:
    """The `zeebe:` extension of that tag, made where it is missing."""
    found = extension(node, tag)
    if found is not None:
        return found
    holder = node.find(f"{BPMN}extensionElements")
    if holder is None:
        holder = etree.Element(f"{BPMN}extensionElements")
        after = node.find(f"{BPMN}documentation")
        node.insert(0 if after is None else node.index(after) + 1, holder)
    return etree.SubElement(holder, f"{ZEEBE}{tag}")


def drop(node: etree._Element) -> None:
    """Takes an element out, and the holder of extensions that it leaves empty."""
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if local(parent) == "extensionElements" and len(parent) == 0:
        drop(parent)


def keep(node: etree._Element, before: str, value: str) -> None:
    """Writes down on the node or process what was said there before, so that whoever decides can see it."""
    holder: etree._Element | None = node
    while holder is not None and local(holder) not in FLOW_NODES | {"process"}:
        holder = holder.getparent()
    if holder is None or not value:
        return
    said = f"{before}={value}".replace("${", "$ {").replace("#{", "# {")
    name = WAS + before.partition(":")[2].replace(":", "_")
    etree.SubElement(ours(holder, "properties"), f"{ZEEBE}property", name=name, value=said)


def said_by(node: etree._Element) -> str:
    """The attributes of an element in a row, and the beginning of its text, for a note."""
    text = " ".join((node.text or "").split())[:120]
    said = [f"{str(key).rpartition('}')[2]}={value!s}" for key, value in node.attrib.items()]
    return " ".join([*said, text] if text else said)


def whole(node: etree._Element) -> str:
    """Everything that an element holds, its parts in braces, in a row."""
    parts = "; ".join(f"{local(one)} {whole(one)}".strip() for one in node)
    return " ".join(part for part in (said_by(node), f"{{{parts}}}" if parts else "") if part)[:MOST_KEPT]


def as_feel(text: str, asks: bool = False) -> str | None:
    """Text of another engine as FEEL behind "=", as it is where it holds no expression; None if it cannot be said."""
    return translated(text, asks) if "${" in text or "#{" in text else text

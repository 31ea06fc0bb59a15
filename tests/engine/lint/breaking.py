"""Good diagrams broken on purpose, each break at each place where it can be made, and the rules that should find it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, ZEEBE

Element = etree._Element
WORDS = frozenset({"if", "for", "not", "some", "every", "case", "null", "true", "false"})


@dataclass(frozen=True)
class Break:
    """One way to break a diagram. `rules` are those that fit, any of which may find it."""

    name: str
    rules: frozenset[str]
    places: Callable[[Element], Sequence[Element]]
    do: Callable[[Element], None]


def owner(element: Element) -> str:
    """The id of an element, or of what it stands in."""
    at: Element | None = element
    while at is not None and not at.get("id"):
        at = at.getparent()
    return "" if at is None else str(at.get("id"))


def every(*tags: str, having: str = "", value: str = "") -> Callable[[Element], Sequence[Element]]:
    """The places that are elements of these tags, perhaps with an attribute (of a value)."""

    def places(root: Element) -> Sequence[Element]:
        found = (one for tag in tags for one in root.iter(tag))
        return [one for one in found if not having or (one.get(having) and (not value or one.get(having) == value))]

    return places


def setting(*names: str) -> Callable[[Element], Sequence[Element]]:
    """The zeebe:properties and headers of these names."""

    def places(root: Element) -> Sequence[Element]:
        found = root.iter(f"{ZEEBE}property", f"{ZEEBE}header")
        return [one for one in found if _key(one) in names and one.get("value")]

    return places


def _key(element: Element) -> str:
    return str(element.get("name") or element.get("key"))


def nodes(*tags: str) -> Callable[[Element], Sequence[Element]]:
    """The flow nodes of these tags, of all where none is named."""
    return every(*(f"{BPMN}{tag}" for tag in tags or sorted(FLOW_NODES)))


def branching(tag: str, side: str) -> Callable[[Element], Sequence[Element]]:
    """The gateways of a tag with several flows on one side (sourceRef: out of it)."""

    def places(root: Element) -> Sequence[Element]:
        ends = [str(flow.get(side)) for flow in root.iter(f"{BPMN}sequenceFlow")]
        return [one for one in root.iter(f"{BPMN}{tag}") if ends.count(str(one.get("id"))) > 1]

    return places


def misspell(attribute: str) -> Callable[[Element], None]:
    """Leaves a letter out of an attribute."""

    def do(element: Element) -> None:
        said = str(element.get(attribute))
        element.set(attribute, said[:-2] + said[-1:])

    return do


def write(attribute: str, value: str) -> Callable[[Element], None]:
    """Writes something else into an attribute."""

    def do(element: Element) -> None:
        element.set(attribute, value)

    return do


def erase(attribute: str) -> Callable[[Element], None]:
    """Takes an attribute away."""

    def do(element: Element) -> None:
        del element.attrib[attribute]

    return do


def remove(element: Element) -> None:
    """Takes an element away, and a flow out of the lists of its ends."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    for mention in [m for m in parent.iter(f"{BPMN}incoming", f"{BPMN}outgoing") if m.text == element.get("id")]:
        _parent(mention).remove(mention)


def remove_with_flows(element: Element) -> None:
    """Takes a node away with everything that hangs on it."""
    id, parent = str(element.get("id")), _parent(element)
    for flow in list(parent.iterchildren(f"{BPMN}sequenceFlow")):
        if id in (flow.get("sourceRef"), flow.get("targetRef")):
            remove(flow)
    for event in [e for e in parent.iterchildren(f"{BPMN}boundaryEvent") if e.get("attachedToRef") == id]:
        remove_with_flows(event)
    for mention in [m for m in parent.getroottree().iter(f"{BPMN}flowNodeRef") if m.text == id]:
        _parent(mention).remove(mention)
    parent.remove(element)


def become(tag: str) -> Callable[[Element], None]:
    """Makes it an element of another kind."""

    def do(element: Element) -> None:
        element.tag = f"{BPMN}{tag}"

    return do


def text(change: Callable[[str], str]) -> Callable[[Element], None]:
    """Changes the text that stands in an element."""

    def do(element: Element) -> None:
        element.text = change(element.text or "")

    return do


def misread(attribute: str) -> Callable[[Element], None]:
    """Misspells the first variable of an expression in an attribute."""

    def do(element: Element) -> None:
        element.set(attribute, misspelt(str(element.get(attribute))))

    return do


def misspelt(feel: str) -> str:
    """An expression whose variables are misspelt at their first letter."""
    return "=x" + feel.removeprefix("=").lstrip()


def reading(tag: str, attribute: str) -> Callable[[Element], Sequence[Element]]:
    """Elements whose attribute begins with a variable."""

    def places(root: Element) -> Sequence[Element]:
        return [one for one in root.iter(tag) if _begins_with_a_name(one.get(attribute) or "")]

    return places


def conditions(root: Element) -> Sequence[Element]:
    """Conditions that begin with a variable."""
    return [one for one in root.iter(f"{BPMN}conditionExpression") if _begins_with_a_name(one.text or "")]


def _begins_with_a_name(feel: str) -> bool:
    body = feel.removeprefix("=").lstrip()
    name = body.partition(".")[0].split(" ")[0]
    return feel.startswith("=") and name.isidentifier() and name not in WORDS




def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent

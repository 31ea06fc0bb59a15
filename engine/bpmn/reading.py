"""A diagram as everybody reads it: safe XML in which what is true or false is written in one way.

XML may write a truth value as "1" or "0" and put blanks around it. Whoever compares with "true" would read the
opposite, so that a reminder drawn beside the work takes it away. That is settled here, for running, checking, drawing
and converting alike; what is neither stays, and is refused by its element.
"""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.names import BPMN, FLOW_NODES, ZEEBE, is_bpmn, local
from engine.safexml import parse_xml
from engine.text import Text

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
TRUTHS = frozenset({
    "cancelActivity", "isInterrupting", "isSequential", "testBefore", "isForCompensation", "instantiate",
    "isExecutable", "triggeredByEvent", "parallelMultiple", "isClosed", "isCollection", "isImmediate", "isUnlimited",
    "waitForCompletion", "cancelRemainingInstances", "mustUnderstand", "propagateAllParentVariables",
    "propagateAllChildVariables", "isHorizontal", "isExpanded", "isMarkerVisible", "isMessageVisible",
})
"""The attributes that the schemas of BPMN, of its drawing and of our dialect type as boolean."""
PLAIN = {"1": "true", "0": "false", "true": "true", "false": "false"}
DRAWN_TRUTHS = frozenset({"isHorizontal", "isExpanded", "isMarkerVisible", "isMessageVisible"})
RUNS_AS = {
    "startQuantity": "1", "completionQuantity": "1", "eventGatewayType": "Exclusive", "behavior": "All",
}
"""Settings of the standard of which we run one value only: the one that counts where nothing is said."""


def parse_diagram(source: bytes) -> etree._Element:
    """The root of a diagram with plain truth values. Raises UnsafeXml."""
    root = parse_xml(source)
    make_plain(root)
    return root


def make_plain(root: etree._Element) -> bool:
    """Write every truth value of a diagram as "true" or "false"; whether anything had been written otherwise."""
    changed = False
    for element in root.iter(f"{BPMN}*", f"{ZEEBE}*", f"{DI}*"):
        for name, value in element.attrib.items():
            plain = PLAIN.get(str(value).strip()) if name in TRUTHS else None
            if plain is not None and plain != value:
                element.set(name, plain)
                changed = True
    return changed


def unreadable(element: etree._Element) -> Iterator[Text]:
    """What the attributes of an element say that nobody can read, or that is not run as it says."""
    for name, value in element.attrib.items():
        shown = str(value)[:60]
        if name in TRUTHS - DRAWN_TRUTHS and value not in ("true", "false"):
            yield Text(f"قيمة الخاصية «{name}» ليست true ولا false: «{shown}».",
                       f"{name} is neither true nor false: “{shown}”.")
        elif is_bpmn(element) and name in RUNS_AS and value.strip() != RUNS_AS[str(name)]:
            yield Text(f"الإعداد {name}=«{shown}» غير مدعوم.", f"{name}=“{shown}” is not supported.")


def carriers(process: etree._Element) -> Iterator[etree._Element]:
    """The elements of a process that may carry such attributes."""
    for element in process.iter(f"{BPMN}*", f"{ZEEBE}*"):
        if is_bpmn(element) or local(element) == "calledElement":
            yield element


def owner_of(element: etree._Element) -> etree._Element:
    """The nearest element with an id that a message can name, or node without one."""
    parent = element.getparent()
    if element.get("id") or local(element) in FLOW_NODES or parent is None:
        return element
    return owner_of(parent)

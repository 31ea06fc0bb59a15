"""A diagram as somebody brought it, made so that the editor can show it: in UTF-8, and drawn. Pure."""

from lxml import etree

from engine.bpmn.importing import in_utf_8
from engine.bpmn.names import BPMN, FLOW_NODES, local
from engine.bpmn.reading import make_plain
from engine.drawing import laid_out
from engine.errors import MasarError
from engine.safexml import UnsafeXml, parse_xml

PLANE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNPlane"
MOST_NODES, MOST_BESIDES = 40, 10
"""How many nodes, and flows beyond one for each, are laid out while somebody waits for the page."""


def showable(content: bytes, at_leisure: bool = False) -> bytes:
    """The file in UTF-8, its truth values as the editor reads them, laid out by us where it holds no drawing. What
    cannot be read or drawn, or would take long (unless `at_leisure`), stays as it is."""
    told = in_utf_8(content)
    try:
        root = parse_xml(told)
        if make_plain(root):
            told = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        if any(len(plane) for plane in root.iter(PLANE)) or not (at_leisure or _is_small(root)):
            return told
        return laid_out(told)
    except (UnsafeXml, MasarError):
        return told


def _is_small(root: etree._Element) -> bool:
    tags = [local(element) for element in root.iter(f"{BPMN}*")]
    nodes, flows = sum(tag in FLOW_NODES for tag in tags), tags.count("sequenceFlow")
    return nodes <= MOST_NODES and flows <= nodes + MOST_BESIDES and len(tags) <= 20 * MOST_NODES

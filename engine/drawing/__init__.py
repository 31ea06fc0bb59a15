"""Gives shapes and arrows to a BPMN file that was written by hand: the drawing that people then read and edit.

What the known automatic layouts drop silently (lanes, boundary events, open sub-processes, notes) is kept here.
"""

from lxml import etree

from engine.bpmn.reading import parse_diagram
from engine.drawing.model import BPMN, read_scope
from engine.drawing.write import DI, diagrams_of
from engine.errors import MasarError
from engine.text import Text

__all__ = ["laid_out"]


def laid_out(source: bytes) -> bytes:
    """The same BPMN file with a new drawing in place of any it had; everything else is kept.

    Raises UnsafeXml for what is no XML, MasarError for a file without a process."""
    root = parse_diagram(source)
    process = root.find(f"{BPMN}process")
    if process is None:
        raise MasarError(Text("لا إجراء في هذا الملف.", "There is no process in this file."))
    for old in root.findall(f"{{{DI}}}BPMNDiagram"):
        root.remove(old)
    scope = read_scope(process)
    collaboration = root.find(f"{BPMN}collaboration")
    participant = None if collaboration is None else collaboration.find(f"{BPMN}participant")
    if collaboration is not None and participant is not None:
        scope.participant = participant.get("id")
    drawn = collaboration.get("id") if collaboration is not None and scope.participant else None
    for drawing in diagrams_of(scope, drawn):
        root.append(drawing)
        etree.indent(drawing, space="  ", level=1)
        drawing.tail = "\n  "
    root[-1].tail = "\n"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"

"""Files made for other engines, mended to our dialect as far as that can be done without guessing; the rest is named,
for a person to decide. Nothing is dropped silently."""

from engine.bpmn.importing.converting import MENDABLE, Converted, convert
from engine.bpmn.importing.encodings import in_utf_8
from engine.bpmn.importing.notes import Note

__all__ = ["MENDABLE", "Converted", "Note", "convert", "in_utf_8"]

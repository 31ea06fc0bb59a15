"""Text annotations: the legend of colours in a row below the drawing, other notes above what they explain."""

from __future__ import annotations

from engine.drawing.model import Box, Note
from engine.drawing.places import Places
from engine.drawing.words import label_size

LEGEND = "legend_"
NOTE_WIDTH, BELOW, BETWEEN = 170, 30, 14


def role_of(note: Note, scope_id: str) -> str:
    """The role that a line of the legend explains: its id is legend_<role> or legend_<process>_<role>."""
    role = note.id.removeprefix(LEGEND) if note.id.startswith(LEGEND) else ""
    return role.removeprefix(f"{scope_id}_")


def place_notes(places: Places) -> dict[str, Box]:
    """Boxes of all text annotations of a scope; may lie above its upper edge."""
    boxes: dict[str, Box] = {}
    x, y = 40.0, places.height + BELOW
    above: list[Box] = []
    for note in places.scope.notes:
        if note.about is None:
            width = label_size(note.text, 1000)[0] + 24
            if x + width > max(places.width, 600):
                x, y = 40.0, y + 44
            boxes[note.id] = Box(x, y, width, 30)
            x += width + BETWEEN
        else:
            width, height = label_size(note.text, NOTE_WIDTH)
            middle = places.boxes[note.about].centre[0]
            box = Box(middle + 20, -height - 26, width + 16, height + 10)
            while any(box.meets(other) for other in above):
                box = box.moved(0, -box.height - 8)
            above.append(box)
            boxes[note.id] = box
    return boxes

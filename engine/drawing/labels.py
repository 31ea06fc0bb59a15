"""Where the names of events and gateways stand: beside the shape, on the side that the arrows leave free."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.drawing.lines import Point, span
from engine.drawing.model import GATEWAYS, Box
from engine.drawing.places import Places
from engine.drawing.words import label_size

WIDEST = 110


def usual_label(places: Places, id: str) -> Box:
    """Where the name would stand if nothing were in the way."""
    return next(_sides(places, id))


def outside_labels(places: Places, ways: dict[str, list[Point]]) -> dict[str, Box]:
    """A box for every name that stands outside its shape: the first side that is free, else the least bad one."""
    lines = [span(a, b) for way in ways.values() for a, b in pairwise(way)]
    taken = list(places.boxes.values())
    placed: dict[str, Box] = {}
    for id, node in places.scope.nodes.items():
        if node.outside_label:
            placed[id] = min(_sides(places, id), key=lambda box: _harm(box, taken, lines))
            taken.append(placed[id])
    return placed


def _harm(box: Box, taken: list[Box], lines: list[Box]) -> int:
    return 10 * sum(box.meets(other) for other in taken) + 6 * sum(box.meets(line) for line in lines)


def _sides(places: Places, id: str) -> Iterator[Box]:
    """Places for a name, the usual one first: above a gateway, below an event, beside a boundary event."""
    node, box = places.scope.nodes[id], places.boxes[id]
    width, height = label_size(node.name, WIDEST)
    middle = box.centre[0]
    above, below = box.y - height - 3, box.bottom + 4
    if node.host is not None:
        yield Box(middle + 6, box.bottom - 1, width, height)
        yield Box(middle - 6 - width, box.bottom - 1, width, height)
        return
    first, second = (above, below) if node.kind in GATEWAYS else (below, above)
    for y in (first, second):
        yield Box(middle - width / 2, y, width, height)
        yield Box(middle - width - 4, y, width, height)
        yield Box(middle + 4, y, width, height)
    yield Box(box.right + 4, box.y - height / 2, width, height)

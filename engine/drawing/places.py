"""Where everything stands, in pixels from the upper left corner of its scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.drawing.columns import backward, columns_of
from engine.drawing.model import EVENT, Box, Scope
from engine.drawing.rows import Rows

GAP, AISLE, MARGIN = 80, 60, 50
"""Free pixels between columns, between rows, and along the border."""


@dataclass(eq=False)
class Places:
    """Boxes of the nodes; the lines along which arrows may run; the size of it all."""

    scope: Scope
    back: set[str]
    boxes: dict[str, Box] = field(default_factory=dict)
    inner: dict[str, Places] = field(default_factory=dict)
    xs: set[float] = field(default_factory=set)
    ys: set[float] = field(default_factory=set)
    lanes: list[Box] = field(default_factory=list)
    width: float = 0
    height: float = 0


def place(scope: Scope) -> Places:
    """Columns to the right, rows downwards, lanes one below the other; sub-processes first, from the inside out."""
    back = backward(scope)
    places = Places(scope, back)
    for node in scope.nodes.values():
        if node.inner is not None and node.expanded:
            inside = places.inner[node.id] = place(node.inner)
            node.size = (inside.width, inside.height)
    column = columns_of(scope, back)
    row = Rows(scope, column, back).place_all()
    x = _spread_columns(places, column)
    y = _spread_rows(places, row)
    for id, at in column.items():
        width, height = scope.nodes[id].size
        left, top = x[at] - width / 2, y[(scope.nodes[id].lane, row[id])] - height / 2
        places.boxes[id] = Box(left, top, width, height)
    _hang_boundaries(places)
    return places


def _spread_columns(places: Places, column: dict[str, int]) -> dict[int, float]:
    """The middle of each column."""
    widest: dict[int, float] = {}
    for id, at in column.items():
        widest[at] = max(widest.get(at, 0), places.scope.nodes[id].size[0])
    edge, middle = float(MARGIN), {}
    places.xs |= {edge - 30, edge - 15}
    for at in sorted(widest):
        middle[at] = edge + widest[at] / 2
        edge += widest[at]
        places.xs |= {middle[at], edge + 20, edge + 40, edge + 60}
        edge += GAP
    places.width = edge - GAP + MARGIN
    return middle


def _spread_rows(places: Places, row: dict[str, int]) -> dict[tuple[int, int], float]:
    """The middle of each row of each lane; the boxes of the lanes."""
    tallest: dict[tuple[int, int], float] = {}
    for id, at in row.items():
        key = (places.scope.nodes[id].lane, at)
        tallest[key] = max(tallest.get(key, 60), places.scope.nodes[id].size[1])
    edge, middle = 0.0, {}
    for lane in range(max(1, len(places.scope.lanes))):
        top = edge
        edge += MARGIN
        places.ys |= {edge - 35, edge - 20}
        for key in sorted(key for key in tallest if key[0] == lane):
            middle[key] = edge + tallest[key] / 2
            edge += tallest[key]
            places.ys |= {middle[key], edge + 15, edge + 30, edge + 45}
            edge += AISLE
        edge += MARGIN - AISLE + 10
        places.lanes.append(Box(0, top, places.width, edge - top))
    places.height = edge
    return middle


def _hang_boundaries(places: Places) -> None:
    """Boundary events sit on the lower edge of their host, from its left to its right."""
    seats: dict[str, int] = {}
    for id, node in places.scope.nodes.items():
        if node.host is None or node.host not in places.boxes:
            continue
        host = places.boxes[node.host]
        seat = seats[node.host] = seats.get(node.host, 0) + 1
        siblings = sum(1 for other in places.scope.nodes.values() if other.host == node.host)
        x = host.right - 34
        if siblings > 1:
            x = host.x + 24 + (host.width - 48) * (seat - 1) / (siblings - 1)
        places.boxes[id] = Box(x - EVENT[0] / 2, host.bottom - EVENT[1] / 2, *EVENT)
        places.xs.add(x)

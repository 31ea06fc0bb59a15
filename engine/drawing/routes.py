"""The ways of the arrows: cheapest walks over the grid, along straight lines with few bends."""

from __future__ import annotations

import heapq
from collections import defaultdict

from engine.drawing.grid import Grid, Spot
from engine.drawing.lines import Point, corners
from engine.drawing.model import Arrow
from engine.drawing.places import Places

SIDES = {"right": (1, 0), "left": (-1, 0), "bottom": (0, 1), "top": (0, -1)}
LEAVE = {"right": 0, "bottom": 35, "top": 50, "left": 500}
ENTER = {"left": 0, "top": 35, "bottom": 45, "right": 400}
BEND, SHARED_ENTRY, MIXED = 45, 10, 200
SHARED_EXIT = {"right": 250, "bottom": 60, "top": 120, "left": 250}
"""Prices in pixels: of a bend, of leaving where another leaves, of entering where another enters, of mixing both."""
Heading = tuple[int, int]
State = tuple[Spot, Heading]


class Router:
    """Routes the arrows of one scope: straight and short ones first, ways back last, each round those before."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.grid = Grid(places)
        self.ports: dict[tuple[str, str], list[bool]] = defaultdict(list)

    def route_all(self) -> dict[str, list[Point]]:
        """Corner points of every arrow, from its source to its target."""
        ways = {}
        for arrow in sorted(self.places.scope.arrows, key=self._difficulty):
            ways[arrow.id] = corners(self._route(arrow))
        return ways

    def _difficulty(self, arrow: Arrow) -> tuple[bool, bool, float]:
        (ax, ay), (bx, by) = (self.places.boxes[id].centre for id in (arrow.source, arrow.target))
        return arrow.id in self.places.back, ay != by, abs(ax - bx) + abs(ay - by)

    def _port(self, id: str, side: str) -> Point:
        box = self.places.boxes[id]
        x, y = box.centre
        return {"right": (box.right, y), "left": (box.x, y), "bottom": (x, box.bottom), "top": (x, box.y)}[side]

    def _gates(self, arrow: Arrow, leaving: bool) -> dict[Spot, tuple[float, str]]:
        """The crossings next to the sides of a shape, with the price and the side; the cheapest side of each."""
        id = arrow.source if leaving else arrow.target
        gates: dict[Spot, tuple[float, str]] = {}
        for side, base in (LEAVE if leaving else ENTER).items():
            if leaving and self.places.scope.nodes[id].host is not None and side != "bottom":
                continue
            price = float(base)
            for was_leaving in self.ports[(id, side)]:
                price += MIXED if was_leaving != leaving else SHARED_EXIT[side] if leaving else SHARED_ENTRY
            spot = self.grid.outside(self._port(id, side), *SIDES[side])
            if spot is not None and (spot not in gates or gates[spot][0] > price):
                gates[spot] = (price, side)
        return gates

    def _route(self, arrow: Arrow) -> list[Point]:
        starts, goals = self._gates(arrow, True), self._gates(arrow, False)
        spots = self._search(starts, goals, arrow.target)
        if not spots:
            return [self._port(arrow.source, "right"), self._port(arrow.target, "left")]
        self.grid.occupy(spots, arrow.target)
        first, last = starts[spots[0]][1], goals[spots[-1]][1]
        self.ports[(arrow.source, first)].append(True)
        self.ports[(arrow.target, last)].append(False)
        return [self._port(arrow.source, first), *(self.grid.point(spot) for spot in spots),
                self._port(arrow.target, last)]

    def _search(self, starts: dict[Spot, tuple[float, str]], goals: dict[Spot, tuple[float, str]],
                target: str) -> list[Spot]:
        """Dijkstra over crossings and headings, from any gate of the source to any gate of the target."""
        heap: list[tuple[float, State, State | None]] = [
            (price, (spot, SIDES[side]), None) for spot, (price, side) in starts.items()]
        heapq.heapify(heap)
        came: dict[State, State | None] = {}
        end: State = ((-1, -1), (0, 0))
        while heap:
            cost, state, before = heapq.heappop(heap)
            if state in came:
                continue
            came[state] = before
            if state == end:
                return _trail(came, before)
            spot, heading = state
            if spot in goals:
                price, side = goals[spot]
                inward = (-SIDES[side][0], -SIDES[side][1])
                if heading != SIDES[side]:
                    heapq.heappush(heap, (cost + price + BEND * (heading != inward), end, state))
            self._spread(heap, cost, state, target)
        return []

    def _spread(self, heap: list[tuple[float, State, State | None]], cost: float, state: State,
                target: str) -> None:
        (i, j), heading = state
        for turn in SIDES.values():
            if turn == (-heading[0], -heading[1]):
                continue
            to = (i + turn[0], j + turn[1])
            price = self.grid.price((i, j), to, target)
            if price is not None:
                heapq.heappush(heap, (cost + price + BEND * (turn != heading), (to, turn), state))


def _trail(came: dict[State, State | None], last: State | None) -> list[Spot]:
    spots = []
    while last is not None:
        spots.append(last[0])
        last = came[last]
    return spots[::-1]

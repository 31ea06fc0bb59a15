"""Graphs that nobody would call structured, and a player of them that knows flows only: tokens lie on flows and in work
items, and an inclusive join is asked as the standard words it."""

from collections import Counter, deque
from dataclasses import dataclass, field
from random import Random

from tests.engine.bpmn.diagrams import end, file, flow, gateway, process, start, tag, user

KINDS = ("user", "user", "exclusive", "parallel", "inclusive", "inclusive")
MOST = 60
"""Tokens, beyond which a graph is not played on."""


@dataclass
class Web:
    """A graph: nodes by name with their kind, flows as pairs of names, in the order in which they are asked."""

    kinds: dict[str, str]
    flows: list[tuple[str, str]] = field(default_factory=list)

    def out(self, node: str) -> list[tuple[str, str]]:
        return [flow for flow in self.flows if flow[0] == node]

    def into(self, node: str) -> list[tuple[str, str]]:
        return [flow for flow in self.flows if flow[1] == node]


def thrown(random: Random) -> Web:
    """A random graph. Only work items lead back, so that every loop waits for somebody."""
    names = [f"n{number}" for number in range(random.randint(5, 11))]
    web = Web({"S": "start", **{name: random.choice(KINDS) for name in names}, "E": "end"}, [("S", names[0])])
    web.kinds[names[0]] = random.choice(["parallel", "inclusive", "user"])
    for number, name in enumerate(names[1:], 1):
        _add(web, random.choice(names[:number]), name)
    for number, name in enumerate(names):
        for _ in range(random.choice([0, 0, 1, 1, 2])):
            ahead = names[number + 1:]
            target = random.choice(names) if web.kinds[name] == "user" else random.choice(ahead) if ahead else "E"
            _add(web, name, target)
        if not web.out(name):
            _add(web, name, "E")
    if not web.into("E"):
        _add(web, names[-1], "E")
    return web


def _add(web: Web, source: str, target: str) -> None:
    if (source, target) not in web.flows and source != target:
        web.flows.append((source, target))


def drawn(web: Web) -> bytes:
    """The graph as BPMN. Gateways that choose ask the variable `pick` which of their flows, by number, to take."""
    parts = [start(), end()]
    for name, kind in web.kinds.items():
        if kind == "user":
            parts.append(user(name, outputs={"pick": f"={name}.pick"}))
        elif kind not in ("start", "end"):
            last = "__".join(web.out(name)[-1])
            parts.append(gateway(kind, name, last if _asks(web, name) else None))
    for source, target in web.flows:
        number = web.out(source).index((source, target))
        asked = _asks(web, source) and (source, target) != web.out(source)[-1]
        parts.append(flow(source, target, when=f"=list contains(pick, {number})" if asked else None))
    return file(process("p", tag("documentation", None, "unstructured"), *parts))


def _asks(web: Web, node: str) -> bool:
    return web.kinds[node] in ("exclusive", "inclusive") and len(web.out(node)) > 1


class Player:
    """Plays a graph with tokens on flows. Where two joins may go on, and that makes a difference, the one goes first to
    which the oldest token has come."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.waiting: dict[tuple[str, str], list[int]] = {along: [] for along in web.flows}
        self.open: Counter[str] = Counter()
        self.moving: deque[tuple[int, tuple[str, str]]] = deque()
        self.sent = 0
        self.send(web.out("S"))
        self.pick: list[int] = []
        self.settle()

    def complete(self, task: str, pick: list[int]) -> None:
        self.open[task] -= 1
        self.pick = pick
        self.send(self.web.out(task))
        self.settle()

    def send(self, flows: list[tuple[str, str]]) -> None:
        for along in flows:
            self.sent += 1
            self.moving.append((self.sent, along))

    @property
    def on(self) -> Counter[tuple[str, str]]:
        """How many tokens wait on each flow."""
        return Counter({along: len(ages) for along, ages in self.waiting.items() if ages})

    @property
    def size(self) -> int:
        return self.on.total() + self.open.total() + len(self.moving)

    def settle(self) -> None:
        while self.size <= MOST:
            while self.moving and self.size <= MOST:
                self.arrive(*self.moving.popleft())
            joins = [name for name in self.web.kinds if self.may_join(name)]
            if not joins:
                return
            join = min(joins, key=lambda name: min(self.waiting[f][0] for f in self.web.into(name) if self.waiting[f]))
            self.take([flow for flow in self.web.into(join) if self.on[flow]], join)

    def arrive(self, age: int, along: tuple[str, str]) -> None:
        node, kind = along[1], self.web.kinds[along[1]]
        into = self.web.into(node)
        if kind == "user":
            self.open[node] += 1
        elif kind in ("parallel", "inclusive") and len(into) > 1:
            self.waiting[along].append(age)
            if kind == "parallel" and all(self.on[flow] for flow in into):
                self.take(into, node)
        elif kind != "end":
            self.leave(node)

    def take(self, flows: list[tuple[str, str]], node: str) -> None:
        for along in flows:
            del self.waiting[along][0]
        self.leave(node)

    def leave(self, node: str) -> None:
        flows = self.web.out(node)
        if _asks(self.web, node):
            chosen = [flow for number, flow in enumerate(flows[:-1]) if number in self.pick]
            flows = (chosen[:1] if self.web.kinds[node] == "exclusive" else chosen) or flows[-1:]
        self.send(flows)

    def may_join(self, node: str) -> bool:
        """There is a token on some flow in, and none elsewhere that can come to an empty flow in, unless it can come to
        one that is taken, too; each time on a way that does not lead through the gateway."""
        into = self.web.into(node)
        if self.web.kinds[node] != "inclusive" or len(into) < 2 or not any(self.on[flow] for flow in into):
            return False
        taken = [flow for flow in into if self.on[flow]]
        places = {along[1] for along, count in self.on.items() if count} | {task for task, n in self.open.items() if n}
        for place in places - {node}:
            reached = self.ways(place, node)
            if not any(along in reached for along in taken) and any(along in reached for along in into):
                return False
        return True

    def ways(self, place: str, but: str) -> set[tuple[str, str]]:
        """All flows on the ways on from a node that do not lead through another."""
        found: set[tuple[str, str]] = set()
        todo = [place]
        while todo:
            for along in self.web.out(todo.pop()):
                if along not in found:
                    found.add(along)
                    if along[1] != but:
                        todo.append(along[1])
        return found

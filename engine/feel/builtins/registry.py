"""How built-in functions are declared: by name, parameters and their kinds. Wrong arguments give null."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from engine.feel.limits import Run
from engine.feel.values import Function, Range, Value, YearsMonths, kind, plain

Implementation = TypeVar("Implementation", bound=Callable[..., Value])
CALL, COPIED = 3, 1 / 16
OMITTED = object()
"""Stands for a named argument that was left out."""
Gather = Callable[[Sequence[Value]], list[Value]] | None
_TYPES: dict[str, frozenset[type]] = {
    "number": frozenset({int, Decimal}), "string": frozenset({str}), "boolean": frozenset({bool}),
    "list": frozenset({list}), "context": frozenset({dict}), "date": frozenset({date, datetime}),
    "date and time": frozenset({datetime}), "time": frozenset({time}), "range": frozenset({Range}),
    "duration": frozenset({timedelta, YearsMonths}), "function": frozenset({Function}),
}


@dataclass(frozen=True)
class Parameter:
    """One parameter: `types` of None takes anything, null included."""

    name: str
    types: frozenset[type] | None
    optional: bool = False
    wanted: str = "any"
    nullable: bool = False


class Cost(NamedTuple):
    """Steps of a call, and of each member of the lists and contexts that it is given."""

    call: int
    each: float


class Overload:
    """One way to call a built-in function."""

    __slots__ = ("by_type", "call", "cost", "each", "gather", "least", "parameters", "wants_run")

    def __init__(
        self, call: Callable[..., Value], parameters: tuple[Parameter, ...], gather: Gather, run: bool, cost: "Cost"
    ) -> None:
        self.cost, self.each = cost
        self.call, self.parameters, self.gather, self.wants_run = call, parameters, gather, run
        self.least = sum(not parameter.optional for parameter in parameters)
        self.by_type = tuple(parameter.types for parameter in parameters)

    def takes(self, count: int) -> bool:
        """Whether it can be called with this many arguments."""
        return (self.gather is not None and count > 0) or self.least <= count <= len(self.parameters)

    def order(self, named: Sequence[str]) -> list[int | None] | None:
        """For each parameter the index of its named argument (None: left out); None if the names do not fit."""
        own = [parameter.name for parameter in self.parameters]
        if not set(named) <= set(own) or len(set(named)) < len(named):
            return None
        if any(not p.optional and p.name not in named for p in self.parameters):
            return None
        return [named.index(name) if name in named else None for name in own]

    def fits(self, arguments: Sequence[Value]) -> bool:
        """Whether its parameters take these arguments as they are."""
        return all(types is None or value is OMITTED or type(value) in types
                   for types, value in zip(self.by_type, arguments, strict=False))

    def invoke(self, arguments: Sequence[Value], run: Run) -> Value:
        """Coerce, check and call; null for what does not fit."""
        run.spend(self.cost)
        ready = [self.gather(arguments)] if self.gather else self._checked(arguments)
        if ready is None:
            return None
        for value in ready:
            run.spend_for(value, self.each)
        try:
            return self.call(run, *ready) if self.wants_run else self.call(*ready)
        except (ArithmeticError, ValueError):
            return None

    def _checked(self, arguments: Sequence[Value]) -> list[Value] | None:
        ready = []
        for parameter, argument in zip(self.parameters, arguments, strict=False):
            if parameter.types is not None and type(argument) in parameter.types:
                ready.append(argument)
                continue
            value = None if argument is OMITTED else coerced(argument, parameter)
            if value is None and not (parameter.types is None or argument is OMITTED or (
                    parameter.nullable and argument is None)):
                return None
            ready.append(value)
        return ready


class Builtin(Function):
    """A built-in function with all its overloads."""

    __slots__ = ("name", "overloads")

    def __init__(self, name: str) -> None:
        super().__init__(lambda _: None, ())
        self.name = name
        self.overloads: list[Overload] = []

    def overload(self, count: int) -> Overload | None:
        """The overload for a number of arguments."""
        return next((overload for overload in self.overloads if overload.takes(count)), None)

    def add(self, overload: Overload) -> None:
        """One more way to call it."""
        self.overloads.append(overload)
        if len(self.overloads) == 1:
            self.parameters = tuple(parameter.name for parameter in overload.parameters)

    def by_names(self, named: Sequence[str]) -> list[tuple[Overload, list[int | None]]]:
        """The overloads that have parameters of these names, with the place of each argument; those whose parameters
        come in the order of the names first, since `before(range: …, point: …)` is another one than the reverse."""
        found = [(overload, order) for overload in self.overloads if (order := overload.order(named)) is not None]
        return sorted(found, key=lambda choice: _is_shuffled(choice[1]))

    def invoke_named(self, named: dict[str, Value], run: Run) -> Value:
        """Call it with named arguments; null if no overload has parameters of these names."""
        return invoke_best(self.by_names(list(named)), list(named.values()), run)

    def invoke(self, arguments: Sequence[Value], run: Run) -> Value:
        """Call it with positional arguments, as a value that is passed around is called."""
        overload = self.overload(len(arguments))
        return overload.invoke(arguments, run) if overload else None


def _is_shuffled(order: list[int | None]) -> bool:
    places = [at for at in order if at is not None]
    return places != sorted(places)


def invoke_best(choices: list[tuple[Overload, list[int | None]]], given: list[Value], run: Run) -> Value:
    """Call the first overload whose parameters take the named arguments as they are; else the first of all."""
    placed = [(overload, [OMITTED if at is None else given[at] for at in order]) for overload, order in choices]
    for overload, arguments in placed:
        if overload.fits(arguments):
            return overload.invoke(arguments, run)
    return placed[0][0].invoke(placed[0][1], run) if placed else None


FUNCTIONS: dict[str, Builtin] = {}


def builtin(
    name: str, *signature: str, gather: Gather = None, run: bool = False, cost: int = CALL, each: float = 1
) -> Callable[[Implementation], Implementation]:
    """Declare a built-in, or one more overload of it. A parameter is "name: kind", with "?" when it may
    be left out, "~" when it may also be null.

    `gather` makes one list of any number of arguments; `run` ones get the running evaluation first; `cost` is what
    a call costs, in steps, and `each` a member of a list or context (COPIED where nobody looks at it).
    """
    parameters = tuple(_parameter(text) for text in signature)

    def declare(call: Implementation) -> Implementation:
        FUNCTIONS.setdefault(name, Builtin(name)).add(Overload(call, parameters, gather, run, Cost(cost, each)))
        return call

    return declare


def _parameter(text: str) -> Parameter:
    name, wanted = text.split(": ")
    bare = wanted.rstrip("?~")
    types: frozenset[type] | None = None
    if bare != "any":
        types = frozenset().union(*(_TYPES[part] for part in bare.split("|")))
    return Parameter(name, types, wanted[-1] in "?~", bare, wanted.endswith("~"))


def spread_list(arguments: Sequence[Value]) -> list[Value]:
    """One list, or the arguments as a list."""
    if len(arguments) == 1 and isinstance(arguments[0], list):
        return arguments[0]
    return list(arguments)


def coerced(value: Value, parameter: Parameter) -> Value:
    """The value as the parameter wants it: single values to lists and back, dates to midnights; None if it cannot."""
    value = plain(value)
    if parameter.types is None or value is None or type(value) in parameter.types:
        return value
    if isinstance(value, tuple(parameter.types)) and kind(value) != "boolean":
        return value
    if list in parameter.types:
        return [value]
    if isinstance(value, list):
        return coerced(value[0], parameter) if len(value) == 1 and not isinstance(value[0], list) else None
    if parameter.wanted == "date and time" and type(value) is date:
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None

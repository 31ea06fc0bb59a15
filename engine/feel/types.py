"""Types of FEEL, as `instance of`, function parameters and DMN item definitions name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.feel.limits import Run
from engine.feel.values import Function, Range, Value, kind


@dataclass(frozen=True)
class Simple:
    """A type with a name only: number, string, …, `Any` for everything and `Null` for null."""

    name: str


@dataclass(frozen=True)
class ListType:
    """A list of members of one type."""

    member: "Type"


@dataclass(frozen=True)
class RangeType:
    """A range between ends of one type."""

    end: "Type"


@dataclass(frozen=True)
class ContextType:
    """A context that has at least these entries."""

    entries: Mapping[str, "Type"] = field(hash=False)


@dataclass(frozen=True)
class FunctionType:
    """A function by its parameter types (None: any) and its result."""

    parameters: tuple["Type", ...]
    result: "Type"


Type: TypeAlias = Simple | ListType | RangeType | ContextType | FunctionType
ANY = Simple("Any")
SIMPLE = frozenset({
    "Any", "Null", "number", "string", "boolean", "date", "time", "date and time",
    "days and time duration", "years and months duration",
})
OLDER = {
    "day time duration": "days and time duration", "dayTimeDuration": "days and time duration",
    "year month duration": "years and months duration", "yearMonthDuration": "years and months duration",
    "dateTime": "date and time", "days and time duration": "days and time duration",
}
PLAIN: dict[str, Type] = {
    "list": ListType(ANY), "context": ContextType({}), "range": RangeType(ANY), "function": Simple("function"),
}


def simple_type(name: str) -> Type | None:
    """The built-in type of a name, older spellings included; None if there is none."""
    name = OLDER.get(name, name)
    return Simple(name) if name in SIMPLE else PLAIN.get(name)


def conforms(value: Value, type_: Type, run: Run) -> bool:
    """Whether a value is of a type. Null conforms to Null only."""
    if isinstance(type_, Simple):
        if value is None:
            return type_.name == "Null"
        return type_.name == "Any" or kind(value) == type_.name
    if isinstance(type_, ListType):
        run.spend_for(value, 1)
        return isinstance(value, list) and all(_fits(member, type_.member, run) for member in value)
    if isinstance(type_, ContextType):
        run.spend(len(type_.entries))
        return isinstance(value, dict) and all(
            name in value and _fits(value[name], inner, run) for name, inner in type_.entries.items())
    if isinstance(type_, RangeType):
        return isinstance(value, Range) and all(
            end is None or conforms(end, type_.end, run) for end in (value.start, value.end))
    return isinstance(value, Function) and _function_conforms(value, type_)


def _fits(value: Value, type_: Type, run: Run) -> bool:
    return value is None or conforms(value, type_, run)


def _function_conforms(function: Function, wanted: FunctionType) -> bool:
    own = function.type
    if not isinstance(own, FunctionType):
        return len(function.parameters) == len(wanted.parameters)
    return (
        len(own.parameters) == len(wanted.parameters)
        and all(is_subtype(w, o) for w, o in zip(wanted.parameters, own.parameters, strict=True))
        and is_subtype(own.result, wanted.result)
    )


def is_subtype(inner: Type, outer: Type) -> bool:
    """Whether every value of the inner type is one of the outer."""
    if outer == ANY or inner == outer or inner == Simple("Null"):
        return True
    if isinstance(inner, ListType) and isinstance(outer, ListType):
        return is_subtype(inner.member, outer.member)
    if isinstance(inner, RangeType) and isinstance(outer, RangeType):
        return is_subtype(inner.end, outer.end)
    if isinstance(inner, ContextType) and isinstance(outer, ContextType):
        return all(name in inner.entries and is_subtype(inner.entries[name], type_)
                   for name, type_ in outer.entries.items())
    if isinstance(inner, FunctionType) and isinstance(outer, FunctionType):
        return (
            len(inner.parameters) == len(outer.parameters)
            and all(is_subtype(o, i) for i, o in zip(inner.parameters, outer.parameters, strict=True))
            and is_subtype(inner.result, outer.result)
        )
    return False

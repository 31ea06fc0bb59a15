"""Boxed expressions to closures: literal expressions, contexts, lists, relations, functions, invocations, filters,
conditionals and iterations. Decision tables are read in `table_reading`."""

from collections.abc import Callable, Sequence

from engine.dmn.document import Element, child, children, local, text_of, type_ref
from engine.dmn.item_types import ANYTHING, ItemType
from engine.dmn.reader import Reader
from engine.dmn.table_reading import table
from engine.feel.builtins import FUNCTIONS
from engine.feel.builtins.registry import Builtin
from engine.feel.closures import Closure
from engine.feel.closures.calls import call_named
from engine.feel.closures.collections import Cost, invoke_body
from engine.feel.closures.iteration import looped, quantify
from engine.feel.closures.paths import chosen
from engine.feel.scope import Scope
from engine.feel.stream import KEYWORD_NAMES
from engine.feel.types import FunctionType
from engine.feel.values import Function, Value, plain

BOXED_LEVELS = 10
"""Levels that a boxed function counts for, whatever stands in its box."""


def nothing(_: Scope) -> Value:
    """The value of what is missing or broken."""
    return None


def boxed(element: Element | None, reader: Reader) -> Closure:
    """The closure of a boxed expression; null where there is none."""
    maker = _MAKERS.get(local(element)) if element is not None else None
    if element is None or maker is None:
        return nothing
    made = maker(element, reader)
    type_ = reader.types.of(type_ref(element))
    return made if type_ is ANYTHING or maker is function else _fitting(made, type_)


def _fitting(made: Closure, type_: ItemType) -> Closure:
    return lambda scope: type_.fitted(made(scope), scope.run)


def inner_expression(element: Element | None, reader: Reader) -> Closure:
    """The closure of the expression inside an element."""
    if element is None:
        return nothing
    return boxed(child(element, *_MAKERS), reader)


def _literal(element: Element, reader: Reader) -> Closure:
    return reader.expression(element, text_of(element))


def _table(element: Element, reader: Reader) -> Closure:
    return table(element, reader)


def _context(element: Element, reader: Reader) -> Closure:
    entries: list[tuple[str | None, Closure, ItemType]] = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        name = variable.get("name") if variable is not None else None
        reference = type_ref(variable)
        entries.append((name, inner_expression(entry, reader), reader.types.of(reference)))

    def run(scope: Scope) -> Value:
        inner = Scope({}, scope, scope.run)
        for name, value, type_ in entries:
            found = type_.fitted(value(inner), scope.run)
            if name is None:
                return found
            inner[name] = found
        return dict(inner)

    return run


def _list(element: Element, reader: Reader) -> Closure:
    members = tuple(boxed(part, reader) for part in children(element, *_MAKERS))
    return lambda scope: [member(scope) for member in members]


def _relation(element: Element, reader: Reader) -> Closure:
    columns = [(column.get("name", ""), reader.types.of(type_ref(column))) for column in children(element, "column")]
    rows = [[boxed(cell, reader) for cell in children(row, *_MAKERS)] for row in children(element, "row")]

    def run(scope: Scope) -> Value:
        return [{name: type_.fitted(cell(scope), scope.run) for (name, type_), cell in zip(columns, row, strict=False)}
                for row in rows]

    return run


def function(element: Element, reader: Reader, result: ItemType = ANYTHING) -> Closure:
    """The closure that makes a function of a `functionDefinition` or `encapsulatedLogic`."""
    if element.get("kind", "FEEL").upper() != "FEEL":
        return nothing
    parameters = list(children(element, "formalParameter"))
    names = tuple(parameter.get("name", "") for parameter in parameters)
    types = tuple(reader.types.of(type_ref(parameter)) for parameter in parameters)
    body = boxed(child(element, *_MAKERS), reader)
    result = reader.types.of(type_ref(element)).called() if result is ANYTHING else result
    type_ = FunctionType(tuple(item.type for item in types), result.type)
    cost = Cost(1 + len(names), BOXED_LEVELS)

    def run(scope: Scope) -> Value:
        def call(arguments: Sequence[Value]) -> Value:
            fitted = []
            for item, argument in zip(types, arguments, strict=True):
                fitted.append(item.fitted(argument, scope.run))
                if fitted[-1] is None and argument is not None:
                    return None
            value = invoke_body(body, names, type_.parameters, fitted, scope, cost)
            return result.fitted(value, scope.run)

        return Function(call, names, type_)

    return run


def _called(element: Element, reader: Reader) -> Closure:
    """What an invocation calls; a built-in function whose name reads like a condition is meant by its name alone."""
    named = FUNCTIONS.get(" ".join(text_of(child(element, "literalExpression")).split()))
    if named is not None and named.name in KEYWORD_NAMES:
        return lambda _: named
    return inner_expression(element, reader)


def _invocation(element: Element, reader: Reader) -> Closure:
    target = _called(element, reader)
    bindings = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        bindings.append((parameter.get("name", "") if parameter is not None else "", inner_expression(binding, reader)))

    def run(scope: Scope) -> Value:
        called = target(scope)
        if not isinstance(called, Function):
            return None
        given = {name: value(scope) for name, value in bindings}
        if not isinstance(called, Builtin):
            given = dict.fromkeys(called.parameters) | given
        return call_named(called, given, scope)

    return run


def _conditional(element: Element, reader: Reader) -> Closure:
    condition, then, otherwise = (inner_expression(child(element, part), reader) for part in ("if", "then", "else"))

    def run(scope: Scope) -> Value:
        chosen_by = condition(scope)
        if chosen_by is not None and not isinstance(chosen_by, bool):
            return None
        return then(scope) if chosen_by else otherwise(scope)

    return run


def _filter(element: Element, reader: Reader) -> Closure:
    source, match = (inner_expression(child(element, part), reader) for part in ("in", "match"))

    def run(scope: Scope) -> Value:
        values = plain(source(scope))
        members = values if isinstance(values, list) else [] if values is None else [values]
        return chosen(members, match, scope, 1)

    return run


def _iteration(kind: str) -> Callable[[Element, Reader], Closure]:
    def make(element: Element, reader: Reader) -> Closure:
        name = element.get("iteratorVariable", "item")
        source = inner_expression(child(element, "in"), reader)
        body = inner_expression(child(element, "return", "satisfies"), reader)
        sources = ((name, source, None),)
        return looped(sources, body, 1) if kind == "for" else quantify(sources, body, kind == "every", 1)

    return make


_MAKERS: dict[str, Callable[[Element, Reader], Closure]] = {
    "literalExpression": _literal, "decisionTable": _table, "context": _context, "list": _list,
    "relation": _relation, "functionDefinition": function, "invocation": _invocation, "conditional": _conditional,
    "filter": _filter, "for": _iteration("for"), "every": _iteration("every"), "some": _iteration("some"),
}
EXPRESSIONS = frozenset(_MAKERS)

"""Item definitions: the types that a model gives its data, with the values they allow."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from engine.dmn.document import Element, child, children, local, nearest_id, text_of, type_ref
from engine.dmn.problems import DmnError
from engine.feel.closures.collections import converted
from engine.feel.errors import FeelSyntaxError
from engine.feel.expression import UnaryTests, compile_unary
from engine.feel.limits import Run
from engine.feel.types import ANY, ContextType, FunctionType, ListType, Simple, Type, conforms, is_subtype, simple_type
from engine.feel.values import Function, Value

_QUICK: dict[str, frozenset[type]] = {
    "number": frozenset({int, Decimal}), "string": frozenset({str}),
    "boolean": frozenset({bool}), "date": frozenset({date}),
}
"""What needs no second look."""


@dataclass(frozen=True)
class ItemType:
    """A type with the tests that its values must pass; members of lists, entries of contexts and the result of
    functions have their own. `listed` are its allowed values as written, the most important first."""

    type: Type
    tests: tuple[UnaryTests, ...] = ()
    member: "ItemType | None" = None
    entries: Mapping[str, "ItemType"] | None = None
    result: "ItemType | None" = None
    listed: str = ""
    quick: frozenset[Any] = field(init=False, default=frozenset(), compare=False)

    def __post_init__(self) -> None:
        if not self.tests and isinstance(self.type, Simple):
            object.__setattr__(self, "quick", _QUICK.get(self.type.name, frozenset()))

    def fitted(self, value: Value, run: Run) -> Value:
        """The value as this type wants it, by FEEL's implicit conversions; null if it does not fit."""
        if value is None or type(value) in self.quick:
            return value
        if self.result is not None and isinstance(value, Function):
            return self._function(value, self.result, run)
        found = converted(value, self.type, run)
        return found if found is not None and self.accepts(found, run) else None

    def accepts(self, value: Value, run: Run) -> bool:
        """Whether the tests of this type and of the types within let the value pass."""
        if value is None:
            return True
        if any(test.test(value, {}, run) is not True for test in self.tests):
            return False
        if self.member and isinstance(value, list):
            run.spend_for(value, 1)
            return all(self.member.accepts(member, run) for member in value)
        if self.entries and isinstance(value, dict):
            return all(inner.accepts(value.get(name), run) for name, inner in self.entries.items())
        return True

    def called(self) -> "ItemType":
        """What a call comes to, of something whose variable has this type: a function's result, or the type itself,
        as many models say it."""
        return self.result or self

    def _function(self, function: Function, result: "ItemType", run: Run) -> Value:
        """The function, where its parameters fit; what is not known of its result is seen to when it is called."""
        own, wanted = function.type, self.type
        if not isinstance(own, FunctionType) or own.result != ANY or not isinstance(wanted, FunctionType):
            return function if conforms(function, wanted, run) else None
        if not is_subtype(FunctionType(own.parameters, wanted.result), wanted):
            return None
        return Function(lambda arguments: result.fitted(function.call(arguments), run), function.parameters,
                        FunctionType(own.parameters, wanted.result))


ANYTHING = ItemType(ANY)


class ItemTypes:
    """The item definitions of a model by name, resolved when first asked for."""

    def __init__(self, root: Element) -> None:
        self._elements = {definition.get("name", ""): definition for definition in children(root, "itemDefinition")}
        self._found: dict[str, ItemType] = {}
        self._open: set[str] = set()
        self.problems: list[DmnError] = []
        self.imported: dict[str, list[ItemTypes]] = {}
        """Those of imported models by the name of the import; under "" those whose names need no prefix."""

    def names(self) -> set[str]:
        """The names of all types and their components."""
        found = set(self._elements)
        for element in self._elements.values():
            found |= {part.get("name", "") for part in element.iter() if local(part) == "itemComponent"}
        return found - {""}

    def by_name(self) -> dict[str, Type]:
        """The FEEL types by their names, for `instance of`, which does not look at allowed values."""
        return {f"{prefix}.{name}" if prefix else name: types.of(name).type
                for prefix, types in [*self._all_imported(), ("", self)] for name in types._elements}

    def _all_imported(self) -> list[tuple[str, "ItemTypes"]]:
        return [(prefix, types) for prefix, several in self.imported.items() for types in several]

    def of(self, reference: str) -> ItemType:
        """The type of a typeRef; anything goes where nothing, or nothing known, is named."""
        name = reference if reference in self._elements else reference.split(":")[-1].removeprefix("feel.")
        if name in self._found:
            return self._found[name]
        element = self._elements.get(name)
        if element is None:
            return self._foreign(name)
        if name in self._open:
            return ANYTHING
        self._open.add(name)
        self._found[name] = self._read(element)
        self._open.discard(name)
        return self._found[name]

    def _foreign(self, name: str) -> ItemType:
        for prefix, types in self._all_imported():
            rest = name.removeprefix(f"{prefix}.") if prefix else name
            if (not prefix or rest != name) and rest in types._elements:
                return types.of(rest)
        type_ = simple_type(name)
        return ItemType(type_) if type_ else ANYTHING

    def _read(self, element: Element) -> ItemType:
        """Allowed values are those of each member of a collection; a type constraint is that of the whole value."""
        values, whole = self._tests(child(element, "allowedValues")), self._tests(child(element, "typeConstraint"))
        base = self._base(element)
        many = element.get("isCollection") == "true"
        tests = base.tests + values + (() if many else whole)
        made = replace(base, tests=tests, listed=text_of(child(element, "allowedValues")) or base.listed)
        return ItemType(ListType(made.type), whole, member=made) if many else made

    def _base(self, element: Element) -> ItemType:
        components = list(children(element, "itemComponent"))
        if components:
            entries = {part.get("name", ""): self._read(part) for part in components}
            return ItemType(ContextType({name: inner.type for name, inner in entries.items()}), entries=entries)
        function = child(element, "functionItem")
        if function is None:
            return self.of(type_ref(element))
        result = self.of(function.get("outputTypeRef", ""))
        parameters = tuple(self.of(type_ref(part)).type for part in children(function, "parameters"))
        return ItemType(FunctionType(parameters, result.type), result=result)

    def _tests(self, element: Element | None) -> tuple[UnaryTests, ...]:
        text = text_of(element)
        if not text or element is None:
            return ()
        try:
            return (compile_unary(text),)
        except FeelSyntaxError as error:
            self.problems.append(DmnError(error.text, nearest_id(element)))
            return (compile_unary("null"),)

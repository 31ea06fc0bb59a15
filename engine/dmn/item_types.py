"""Item definitions: the types that a model gives its data, with the values they allow."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn.document import Element, child, children, local, text_of, type_ref
from engine.feel.closures.collections import converted
from engine.feel.errors import FeelSyntaxError
from engine.feel.expression import UnaryTests, compile_unary
from engine.feel.limits import Run
from engine.feel.types import ANY, ContextType, FunctionType, ListType, Type, simple_type
from engine.feel.values import Value


@dataclass(frozen=True)
class ItemType:
    """A type with its allowed values; members of lists and entries of contexts have their own."""

    type: Type
    allowed: UnaryTests | None = None
    member: "ItemType | None" = None
    entries: Mapping[str, "ItemType"] | None = None

    def fitted(self, value: Value, run: Run) -> Value:
        """The value as this type wants it, by FEEL's implicit conversions; null if it does not fit."""
        if value is None:
            return None
        found = converted(value, self.type, run)
        return found if found is not None and self.accepts(found, run) else None

    def accepts(self, value: Value, run: Run) -> bool:
        """Whether the allowed values of this type and the types within let the value pass."""
        if value is None:
            return True
        if self.allowed and self.allowed.test(value, {}, run) is not True:
            return False
        if self.member and isinstance(value, list):
            run.spend_for(value, 1)
            return all(self.member.accepts(member, run) for member in value)
        if self.entries and isinstance(value, dict):
            return all(inner.accepts(value.get(name), run) for name, inner in self.entries.items())
        return True


ANYTHING = ItemType(ANY)


class ItemTypes:
    """The item definitions of a model by name, resolved when first asked for."""

    def __init__(self, root: Element) -> None:
        self._elements = {definition.get("name", ""): definition for definition in children(root, "itemDefinition")}
        self._found: dict[str, ItemType] = {}
        self._open: set[str] = set()
        self.imported: dict[str, list[ItemTypes]] = {}
        """Those of imported models by the name of the import; under "" those whose names need no prefix."""

    def names(self) -> set[str]:
        """The names of all types and their components."""
        found = set(self._elements)
        for element in self._elements.values():
            found |= {part.get("name", "") for part in element.iter() if local(part) == "itemComponent"}
        return found - {""}

    def by_name(self) -> dict[str, Type]:
        """The FEEL types by their names, for `instance of`."""
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
        made = self._single(element)
        if element.get("isCollection") == "true":
            return ItemType(ListType(made.type), member=made)
        return made

    def _single(self, element: Element) -> ItemType:
        allowed = _tests(child(element, "allowedValues"))
        components = list(children(element, "itemComponent"))
        if components:
            entries = {part.get("name", ""): self._read(part) for part in components}
            return ItemType(ContextType({name: inner.type for name, inner in entries.items()}), allowed,
                            entries=entries)
        function = child(element, "functionItem")
        if function is not None:
            return ItemType(self._function(function), allowed)
        base = self.of(type_ref(element))
        if allowed is None:
            return base
        return ItemType(base.type, allowed, base.member, base.entries)

    def _function(self, element: Element) -> Type:
        parameters = tuple(self.of(type_ref(part)).type for part in children(element, "parameters"))
        return FunctionType(parameters, self.of(element.get("outputTypeRef", "")).type)


def _tests(element: Element | None) -> UnaryTests | None:
    text = text_of(element)
    try:
        return compile_unary(text) if text else None
    except FeelSyntaxError:
        return None

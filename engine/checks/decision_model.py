"""A decision file as it was written, right or wrong: its parts, their requirements and every expression in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from engine.dmn.document import child, children, local, text_of, type_ref
from engine.dmn.item_types import ItemTypes
from engine.feel import FeelError
from engine.feel import nodes as n
from engine.feel.expression import Expression, compile_unary_with, compile_with
from engine.feel.types import Type
from engine.text import Text

Element = etree._Element
PARTS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
REQUIREMENTS = ("requiredInput", "requiredDecision", "requiredKnowledge")
SERVED = ("outputDecision", "encapsulatedDecision", "inputDecision", "inputData")
NAMED = frozenset({*PARTS, "variable", "formalParameter", "parameter", "column", "output", "itemComponent"})
VALUES = frozenset({"inputValues", "outputValues", "allowedValues", "typeConstraint"})
"""Where allowed values stand."""
UNARY = VALUES | {"inputEntry"}
TEXTS = frozenset({"literalExpression", "inputExpression", "outputEntry", "defaultOutputEntry", *UNARY})
PLAIN = re.compile(r"[^\W\d]\w*")
"""Names of one word, which FEEL reads without knowing them."""
CALLING = (n.Call, n.FunctionDefinition)
ITEMS = frozenset({"item", "partial", "?"})
"""Names that expressions bind by themselves."""


class Written(NamedTuple):
    """An expression: where it stands, the part (decision or knowledge model) that holds it, the names that are bound
    around it, and what it is in FEEL; None where it is not."""

    element: Element
    part: Element
    bound: frozenset[str]
    feel: Expression | None

    @property
    def place(self) -> str:
        """How a finding names it."""
        return place_of(self.element)

    @property
    def nodes(self) -> list[n.Node]:
        """Every part of it that calls a function or is one."""
        return [] if self.feel is None else [one for one in nodes_of(self.feel.tree) if isinstance(one, CALLING)]


@dataclass(eq=False)
class DecisionModel:
    """One file."""

    root: Element
    types: dict[str, Type] = field(init=False)
    names: frozenset[str] = field(init=False)
    _allowed: dict[Element, frozenset[str]] = field(default_factory=dict)
    _made: dict[tuple[str, bool], Expression] = field(default_factory=dict)

    def __post_init__(self) -> None:
        of_items = ItemTypes(self.root)
        self.types = of_items.by_name()
        spelt = {str(one.get("name") or "") for one in self.root.iter("{*}*") if local(one) in NAMED}
        self.names = frozenset(name for name in of_items.names() | spelt if name and not PLAIN.fullmatch(name))

    @cached_property
    def parts(self) -> list[Element]:
        """Inputs, decisions, knowledge models and services."""
        return list(children(self.root, *PARTS))

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """The parts by what a reference names them with."""
        return {str(part.get("id") or name_of(part)): part for part in self.parts}

    def required(self, part: Element) -> list[Element]:
        """The parts of this file that a part requires."""
        found = (self.by_id.get(reference_of(one, self.root)) for one in requirements_of(part))
        return [one for one in found if one is not None]

    def allowed(self, part: Element) -> frozenset[str]:
        """The names that the requirements of a part give it, and its own."""
        if part not in self._allowed:
            self._allowed[part] = self._given(part)
        return self._allowed[part]

    def _given(self, part: Element) -> frozenset[str]:
        own = {name_of(part)} if local(part) != "decision" else set()
        return frozenset({*own, *(name_of(one) for one in self.required(part)), *self.imported})

    @cached_property
    def imported(self) -> frozenset[str]:
        """The names of the models that it imports."""
        return frozenset(str(one.get("name") or "") for one in children(self.root, "import"))

    @cached_property
    def columns(self) -> dict[Element, Element]:
        """The column of each cell of a table."""
        found: dict[Element, Element] = {}
        for table in self.root.iter("{*}decisionTable"):
            for cells, heads in (("inputEntry", "input"), ("outputEntry", "output")):
                columns = list(children(table, heads))
                for row in children(table, "rule"):
                    found.update(zip(children(row, cells), columns, strict=False))
        return found

    @cached_property
    def written(self) -> list[Written]:
        """Every expression of its decisions and knowledge models."""
        return [found for part in children(self.root, "decision", "businessKnowledgeModel")
                for found in self._within(part, part, frozenset())]

    def _within(self, element: Element, part: Element, bound: frozenset[str]) -> Iterator[Written]:
        tag = local(element)
        if tag in TEXTS:
            yield Written(element, part, bound, self._compiled(element))
            return
        bound |= {str(one.get("name")) for one in children(element, "formalParameter")}
        if element.get("iteratorVariable"):
            bound |= {str(element.get("iteratorVariable")), "partial"}
        for inner in element:
            if isinstance(inner.tag, str):
                yield from self._within(inner, part, bound)
                if local(inner) == "contextEntry":
                    variable = child(inner, "variable")
                    bound |= {str(variable.get("name"))} if variable is not None else set()

    def _compiled(self, element: Element) -> Expression | None:
        try:
            return None if text_of(element) in ("", "-") else self.compile(element)
        except FeelError:
            return None

    def compile(self, element: Element) -> Expression:
        """The text of an element in FEEL. Raises FeelError."""
        text, unary = text_of(element), local(element) in UNARY
        if (text, unary) not in self._made:
            self._made[text, unary] = (compile_unary_with if unary else compile_with)(text, self.names, self.types)
        return self._made[text, unary]


def why_not(model: DecisionModel, element: Element) -> Text:
    """Why the text of an element is no FEEL."""
    try:
        model.compile(element)
    except FeelError as error:
        return error.text
    return Text("")


def nodes_of(tree: n.Node) -> Iterator[n.Node]:
    """Every node of a syntax tree."""
    waiting: list[object] = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting += one
        elif isinstance(one, n.Node):
            yield one
            waiting += [getattr(one, part.name) for part in fields(one)]


def in_filter(one: Written) -> bool:
    """Whether an expression stands in the filter of a boxed list, where a name may be an entry of its members."""
    return next(one.element.iterancestors("{*}match"), None) is not None


def requirements_of(part: Element) -> list[Element]:
    """The references of a part to what it requires or, of a service, to what it serves."""
    found = [target for one in children(part, "informationRequirement", "knowledgeRequirement")
             for target in children(one, *REQUIREMENTS)]
    return [*found, *children(part, *SERVED)] if local(part) == "decisionService" else found


def reference_of(target: Element, root: Element) -> str:
    """What a reference names in its own file; "" for another file."""
    namespace, _, id = str(target.get("href") or "").rpartition("#")
    return id if namespace in ("", root.get("namespace", "")) else ""


def name_of(part: Element) -> str:
    """The name under which expressions know a part."""
    variable = child(part, "variable")
    return str((variable.get("name") if variable is not None else "") or part.get("name") or "")


def place_of(element: Element) -> str:
    """How a finding names an element: by its id, or that of the nearest around it; of a rule without one, by number."""
    at: Element | None = element
    number = ""
    while at is not None:
        if at.get("id"):
            return f"{at.get('id')}{number}"[:120]
        parent = at.getparent()
        if local(at) == "rule" and parent is not None:
            number = f"[{list(children(parent, 'rule')).index(at) + 1}]"
        at = parent
    return ""


def type_named(element: Element) -> str:
    """The type that an element names, without the prefix of FEEL."""
    return type_ref(element).split(":")[-1].removeprefix("feel.")

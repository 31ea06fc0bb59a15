"""A DMN file to a model."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from engine.dmn.boxed import EXPRESSIONS, boxed, function
from engine.dmn.document import (
    MASAR,
    Element,
    child,
    children,
    content,
    document,
    english,
    local,
    nearest_id,
    same_file,
    text_of,
    type_ref,
)
from engine.dmn.imports import Library, two_versions
from engine.dmn.item_types import ANYTHING, ItemTypes
from engine.dmn.model import DecisionInfo, Model, OutputInfo, Part, Service
from engine.dmn.problems import DmnError, in_a_circle, nowhere, twice
from engine.dmn.reader import Reader
from engine.dmn.table_reading import note_of
from engine.text import Text

PARTS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")


def load(source: Path | str | bytes, strict: bool = True) -> Model:
    """Load a decision model from a file or its bytes. Raises DmnError for a file that is no safe DMN, and, when
    strict, for the first expression that is not FEEL; otherwise such expressions are null and listed in `problems`.
    Models it imports are looked for beside the file."""
    root = document(content(source))
    folder = None if isinstance(source, bytes) else Path(source).parent
    model = _Models(root, Library(folder)).model()
    if strict and model.problems:
        raise model.problems[0]
    return model


class _Models:
    """A model and all that it imports, each read once."""

    def __init__(self, root: Element, library: Library) -> None:
        self.library = library
        self.problems: list[DmnError] = []
        self.by_namespace: dict[str, _Loading] = {}
        self.main = _Loading(root, self, True)

    def model(self) -> Model:
        """The model with all its parts, imported ones included."""
        loadings = list(self.by_namespace.values())
        parts: dict[str, Part] = {}
        for loading in loadings:
            for element in children(loading.root, *PARTS):
                part = loading.part(element)
                if part.id in parts:
                    self.problems.append(twice(part.id))
                parts[part.id] = part
        decisions = tuple(self.main.info(element) for element in children(self.main.root, "decision"))
        model = Model(self.main.root.get("name", ""), self.main.namespace, parts, decisions)
        model.imports = {loading.namespace: loading.names_of_imports() for loading in loadings}
        found = [problem for loading in loadings for problem in loading.reader.problems]
        model.problems = (*self.problems, *found, *_leading_nowhere(parts), *_circles(parts))
        return model


class _Loading:
    """The reading of one file."""

    def __init__(self, root: Element, models: _Models, is_main: bool = False) -> None:
        self.root, self.models, self.is_main = root, models, is_main
        self.namespace = root.get("namespace", "")
        models.by_namespace[self.namespace] = self
        self.types = ItemTypes(root)
        self.imports: list[tuple[str, _Loading]] = []
        for element in children(root, "import"):
            try:
                self._import(element)
            except DmnError as error:
                models.problems.append(error)

    def _import(self, element: Element) -> None:
        name, root = element.get("name", ""), self.models.library.imported(element)
        known = self.models.by_namespace.get(root.get("namespace", ""))
        if known is self or (known is not None and not same_file(known.root, root)):
            raise two_versions(element)
        loading = known or _Loading(root, self.models)
        self.imports.append((name, loading))
        self.types.imported.setdefault(name, []).append(loading.types)

    def names_of_imports(self) -> dict[str, tuple[str, ...]]:
        """The names under which this model knows each imported namespace."""
        found: dict[str, tuple[str, ...]] = {}
        for name, loading in self.imports:
            found[loading.namespace] = (*found.get(loading.namespace, ()), name)
        return found

    @cached_property
    def reader(self) -> Reader:
        """What reads the expressions of this file: it knows the names of all imports."""
        names: set[str] = set()
        seen: set[str] = set()
        waiting = [self]
        while waiting:
            loading = waiting.pop()
            if loading.namespace not in seen:
                seen.add(loading.namespace)
                names |= loading.own_names()
                waiting += [other for _, other in loading.imports]
        return Reader(self.types, names)

    def own_names(self) -> set[str]:
        """All names that this file gives to something."""
        names = self.types.names() | {name for name, _ in self.imports}
        for element in self.root.iter():
            if isinstance(element.tag, str) and local(element) in _NAMED:
                names.add(element.get("name", ""))
        return names - {""}

    def part(self, element: Element) -> Part:
        """An input, a decision, a knowledge model or a service of this file."""
        variable = child(element, "variable")
        name = (variable.get("name", "") if variable is not None else "") or element.get("name", "")
        kind = local(element)
        part = Part(self._key(element.get("id") or name), name, kind, self.types.of(type_ref(variable)),
                    requires=self._requires(element), namespace=self.namespace, title=element.get("name", ""))
        logic = child(element, *EXPRESSIONS)
        if kind == "decision" and logic is not None:
            part.logic = boxed(logic, self.reader)
            part.table = nearest_id(logic) if local(logic) == "decisionTable" else None
        elif kind == "businessKnowledgeModel":
            self._knowledge(element, part)
        elif kind == "decisionService":
            part.service = Service(*(self._hrefs(element, name) for name in (
                "outputDecision", "inputData", "inputDecision")))
        return part

    def _knowledge(self, element: Element, part: Part) -> None:
        logic = child(element, "encapsulatedLogic")
        if logic is not None:
            named = self.types.of(type_ref(logic)).called()
            part.logic = function(logic, self.reader, named if part.type is ANYTHING else part.type.called())

    def _requires(self, element: Element) -> list[str]:
        return [
            self._resolved(target)
            for requirement in children(element, "informationRequirement", "knowledgeRequirement")
            for target in children(requirement, "requiredInput", "requiredDecision", "requiredKnowledge")
        ]

    def _hrefs(self, element: Element, name: str) -> list[str]:
        return [self._resolved(target) for target in children(element, name)]

    def _resolved(self, target: Element) -> str:
        namespace, _, identifier = target.get("href", "").rpartition("#")
        if namespace in ("", self.namespace):
            return self._key(identifier)
        return identifier if namespace == self.models.main.namespace else f"{namespace}#{identifier}"

    def _key(self, identifier: str) -> str:
        """What a part is called among all parts: those of imported models bear their namespace."""
        return identifier if self.is_main else f"{self.namespace}#{identifier}"

    def info(self, element: Element) -> DecisionInfo:
        """A decision as others see it."""
        table = child(element, "decisionTable")
        inputs: Iterable[str] = ()
        columns: tuple[OutputInfo, ...] = ()
        notes: tuple[Text, ...] = ()
        asks: tuple[OutputInfo, ...] = ()
        if table is not None:
            columns, notes = _columns(table), tuple(note_of(rule) for rule in children(table, "rule"))
            texts = [text_of(child(column, "inputExpression")) for column in children(table, "input")]
            asks = tuple(
                OutputInfo(text, Text(column.get("label", ""), english(column)), column.get(f"{{{MASAR}}}list", ""))
                for text, column in zip(texts, children(table, "input"), strict=True)
            )
            inputs = [name for text in texts for name in self._reads(element, text)]
        literal = child(element, "literalExpression")
        if literal is not None:
            inputs = self._reads(element, text_of(literal))
        name = element.get("name", "")
        return DecisionInfo(element.get("id") or name, name, tuple(dict.fromkeys(inputs)),
                            tuple(column.name for column in columns) if len(columns) > 1 else (),
                            Text(name, english(element)), columns, notes, asks)

    def _reads(self, element: Element, text: str) -> list[str]:
        before = len(self.reader.problems)
        compiled = self.reader.compiled(element, text)
        del self.reader.problems[before:]
        return sorted(compiled.names) if compiled else []


_NAMED = frozenset({
    "variable", "inputData", "decision", "businessKnowledgeModel", "decisionService", "formalParameter", "parameter",
    "column", "output", "itemComponent",
})


def _leading_nowhere(parts: dict[str, Part]) -> list[DmnError]:
    """Requirements and services that name something that is not there."""
    return [nowhere(part.id, wanted) for part in parts.values() for wanted in part.needs() if wanted not in parts]


def _circles(parts: dict[str, Part]) -> list[DmnError]:
    """Decisions that require each other in a circle, which can never be made."""
    done: set[str] = set()
    for start in parts:
        walk: list[tuple[str, int]] = [(start, 0)]
        path = [start]
        while walk and start not in done:
            here, step = walk.pop()
            requires = [r for r in parts[here].requires if r in parts and not _functions(parts[here], parts[r])]
            if step < len(requires):
                walk.append((here, step + 1))
                following = requires[step]
                if following in path:
                    return [in_a_circle(following)]
                if following not in done:
                    walk.append((following, 0))
                    path.append(following)
            else:
                done.add(here)
                path.remove(here)
    return []


def _functions(one: Part, other: Part) -> bool:
    """Whether both are functions, which may call each other; how deep is bounded when they are called."""
    return one.kind == other.kind == "businessKnowledgeModel"


def _columns(table: Element) -> tuple[OutputInfo, ...]:
    """The outputs of a table, for people."""
    return tuple(
        OutputInfo(column.get("name", ""), Text(column.get("label", ""), english(column)),
                   column.get(f"{{{MASAR}}}list", ""))
        for column in children(table, "output")
    )

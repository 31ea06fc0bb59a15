"""A DMN file to a model."""

from collections.abc import Iterable
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
    text_of,
    type_ref,
)
from engine.dmn.item_types import ItemTypes
from engine.dmn.model import DecisionInfo, Model, OutputInfo, Part, Service
from engine.dmn.problems import DmnError, in_a_circle
from engine.dmn.reader import Reader, nearest_id
from engine.dmn.table_reading import note_of
from engine.text import Text

PARTS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
MAX_IMPORTS = 20


def load(source: Path | str | bytes, strict: bool = True) -> Model:
    """Load a decision model from a file or its bytes. Raises DmnError for a file that is no safe DMN, and, when
    strict, for the first expression that is not FEEL; otherwise such expressions are null and listed in `problems`.
    Models it imports are looked for beside the file."""
    root = document(content(source))
    folder = None if isinstance(source, bytes) else Path(source).parent
    model = _Loading(root, folder).model()
    if strict and model.problems:
        raise model.problems[0]
    return model


class _Loading:
    """The reading of one file, with the files it imports."""

    def __init__(self, root: Element, folder: Path | None, depth: int = 0) -> None:
        self.root, self.folder, self.depth = root, folder, depth
        self.namespace = root.get("namespace", "")
        self.types = ItemTypes(root)
        self.imports = self._imports()
        for name, loading in self.imports.items():
            self.types.imported[name] = loading.types
        self.reader = Reader(self.types, self._names())

    def model(self) -> Model:
        """The model with all its parts, imported ones included."""
        parts: dict[str, Part] = {}
        for name, loading in self.imports.items():
            for key, part in loading.model().parts.items():
                full = f"{loading.namespace}#{key}" if "#" not in key else key
                part.requires = [r if "#" in r else f"{loading.namespace}#{r}" for r in part.requires]
                part.prefix = part.prefix or name
                parts[full] = part
        for element in children(self.root, *PARTS):
            own = self._part(element)
            parts[own.id] = own
        decisions = tuple(self._info(element) for element in children(self.root, "decision"))
        model = Model(self.root.get("name", ""), self.namespace, parts, decisions)
        model.problems = (*self.reader.problems, *_circles(parts))
        return model

    def _imports(self) -> dict[str, "_Loading"]:
        found: dict[str, _Loading] = {}
        wanted = {element.get("namespace", ""): element.get("name", "") for element in children(self.root, "import")}
        if not wanted or self.folder is None or self.depth > 3:
            return found
        for path in sorted(self.folder.glob("*.dmn"))[:MAX_IMPORTS]:
            root = document(content(path))
            name = wanted.get(root.get("namespace", ""))
            if name:
                found[name] = _Loading(root, self.folder, self.depth + 1)
        return found

    def _names(self) -> set[str]:
        names = self.types.names() | set(self.imports)
        for element in self.root.iter():
            if isinstance(element.tag, str) and local(element) in _NAMED:
                names.add(element.get("name", ""))
        for loading in self.imports.values():
            names |= loading._names()
        return names - {""}

    def _part(self, element: Element) -> Part:
        variable = child(element, "variable")
        name = (variable.get("name", "") if variable is not None else "") or element.get("name", "")
        kind = local(element)
        part = Part(element.get("id") or name, name, kind, self.types.of(type_ref(variable)),
                    requires=self._requires(element), namespace=self.namespace)
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
            part.logic = function(logic, self.reader, part.type)

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
        return identifier if namespace in ("", self.namespace) else f"{namespace}#{identifier}"

    def _info(self, element: Element) -> DecisionInfo:
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


def _circles(parts: dict[str, Part]) -> list[DmnError]:
    """Decisions that require each other in a circle, which can never be made."""
    done: set[str] = set()
    for start in parts:
        walk: list[tuple[str, int]] = [(start, 0)]
        path = [start]
        while walk and start not in done:
            here, step = walk.pop()
            requires = [r for r in parts[here].requires if r in parts]
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


def _columns(table: Element) -> tuple[OutputInfo, ...]:
    """The outputs of a table, for people."""
    return tuple(
        OutputInfo(column.get("name", ""), Text(column.get("label", ""), english(column)),
                   column.get(f"{{{MASAR}}}list", ""))
        for column in children(table, "output")
    )

"""What reading one model's expressions needs: its names, its types, and a list of what was wrong."""

import re
from collections.abc import Iterable

from engine.dmn.document import Element, nearest_id
from engine.dmn.item_types import ItemTypes
from engine.dmn.problems import DmnError
from engine.feel.closures import Closure
from engine.feel.errors import FeelSyntaxError
from engine.feel.expression import Expression, UnaryTests, compile_unary_with, compile_with
from engine.feel.scope import Scope
from engine.feel.values import Value
from engine.text import Text

_FEEL = re.compile(r"(^|[/:#])(s-)?feel/?$|/spec/FEEL/|/FEEL/\d*$", re.IGNORECASE)
"""How FEEL is called: by its name alone, or at the end of an address that may close with a date."""


class Reader:
    """Compiles the FEEL of one model. A text that is not FEEL becomes a problem, and its value null."""

    def __init__(self, types: ItemTypes, names: Iterable[str]) -> None:
        self.types = types
        self.problems: list[DmnError] = types.problems
        self.names = frozenset(names)
        self._type_names = types.by_name()

    def compiled(self, element: Element, text: str) -> Expression | None:
        """The compiled text; None if there is none or it is not FEEL."""
        if not text or self.is_foreign(element):
            return None
        try:
            return compile_with(text, self.names, self._type_names)
        except FeelSyntaxError as error:
            self.problems.append(DmnError(error.text, nearest_id(element)))
            return None

    def expression(self, element: Element, text: str) -> Closure:
        """The closure of an expression, which pays for itself; null if it is empty or not FEEL."""
        compiled = self.compiled(element, text)
        if compiled is None:
            return lambda _: None
        closure, weight = compiled.closure, compiled.weight

        def paid(scope: Scope) -> Value:
            scope.run.spend(weight)
            return closure(scope)

        return paid

    def tests(self, element: Element, text: str) -> Closure | None:
        """The closure of a cell; None for a cell that any value passes."""
        if text in ("", "-"):
            return None
        if self.is_foreign(element):
            return lambda _: None
        try:
            made: UnaryTests = compile_unary_with(text, self.names, self._type_names)
        except FeelSyntaxError as error:
            self.problems.append(DmnError(error.text, nearest_id(element)))
            return lambda _: None
        return made.closure

    def is_expression(self, text: str) -> bool:
        """Whether a text is FEEL."""
        try:
            compile_with(text, self.names, self._type_names)
        except FeelSyntaxError:
            return False
        return True

    def is_foreign(self, element: Element) -> bool:
        """Whether an expression is in a language we do not run, by its own word or by that of the whole model; that
        is a problem of the model."""
        language = element.get("expressionLanguage") or element.getroottree().getroot().get("expressionLanguage", "")
        if not language or _FEEL.search(language):
            return False
        self.problems.append(DmnError(Text(
            f"لغة التعبير «{language}» غير مدعومة؛ اكتبه بلغة FEEL.",
            f"Expressions in {language!r} are not run; write it in FEEL.",
        ), nearest_id(element)))
        return True

"""Text of a diagram that may be FEEL: behind "=" it is an expression, otherwise it stands for itself."""

import re
from collections.abc import Mapping
from typing import Any

from engine.bpmn.problems import BpmnError, Fault
from engine.feel import Env, FeelError, FeelSyntaxError, compile
from engine.text import Text

_OF_CASE = re.compile(r"\bcase\b(?:\s*\.\s*(\w+))?")


class Expression:
    """A compiled expression or a static text."""

    __slots__ = ("of_case", "program", "text", "variable")

    def __init__(self, text: str, element: str, must_be_feel: bool = False) -> None:
        """Compiles `text`; raises BpmnError at `element` where it is not FEEL (or has no "=" but needs one)."""
        self.text = text.strip()
        self.program = None
        self.variable: str | None = None
        """The variable that it names, if it does nothing else."""
        names = frozenset(_OF_CASE.findall(self.text))
        self.of_case: frozenset[str] | None = None if "" in names else names
        """Which variables it reads through `case`, None if it may be any: a case holds many forms."""
        if self.text.startswith("="):
            try:
                self.program = compile(self.text[1:])
            except FeelSyntaxError as error:
                raise BpmnError(error.text, element) from error
            name = self.text[1:].strip()
            self.variable = name if name.isidentifier() and name in self.program.names else None
        elif must_be_feel:
            raise BpmnError(Text(
                f"يجب أن يبدأ التعبير بعلامة «=»: {self.text[:80]}",
                f"An expression must begin with “=”: {self.text[:80]}"), element)

    @property
    def is_static(self) -> bool:
        """Whether the text stands for itself."""
        return self.program is None

    def value(self, variables: Mapping[str, Any], env: Env) -> Any:
        """The value under these variables; raises Fault where the evaluation had to be stopped."""
        if self.program is None:
            return self.text
        try:
            return self.program(variables, env)
        except FeelError as error:
            raise Fault(error.text) from error


def optional(text: str | None, element: str) -> Expression | None:
    """The expression of an attribute that may be missing or blank."""
    return Expression(text, element) if text and text.strip() else None

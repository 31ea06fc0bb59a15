"""What can go wrong with an expression, in Arabic and English."""

from engine.errors import MasarError
from engine.text import Text


class FeelError(MasarError):
    """An expression that cannot be read, or that was stopped."""


class FeelSyntaxError(FeelError):
    """Text that is not FEEL. `line` and `column` count from 1 and point at what surprised us."""

    def __init__(self, text: Text, line: int = 1, column: int = 1) -> None:
        super().__init__(Text(f"السطر {line}، العمود {column}: {text.ar}", f"Line {line}, column {column}: {text.en}"))
        self.line, self.column = line, column


class FeelLimit(FeelError):
    """An evaluation that wanted more steps, depth, size or time than any honest expression needs."""


def too_many_steps() -> FeelLimit:
    """The evaluation ran too long."""
    return FeelLimit(Text("أُوقف حساب التعبير لأنه أطول من المسموح.", "The expression was stopped: it takes too long."))


def too_large() -> FeelLimit:
    """A text or a list grew beyond the bound."""
    return FeelLimit(Text("أُوقف حساب التعبير لأن ناتجه كبير جدا.",
                          "The expression was stopped: its result is too large."))


def too_deep() -> FeelLimit:
    """Functions called each other too deeply."""
    return FeelLimit(Text("أُوقف حساب التعبير لأن دواله تتداخل بعمق.",
                          "The expression was stopped: functions nest too deeply."))

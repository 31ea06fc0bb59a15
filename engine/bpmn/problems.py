"""What can go wrong with definitions and with moves."""

from engine.errors import Invalid, MasarError
from engine.text import Text


class BpmnError(MasarError):
    """A diagram that cannot run; `element` is the id of the element to mend ("" for the whole file)."""

    def __init__(self, text: Text, element: str = "") -> None:
        super().__init__(text)
        self.element = element


class NotOpen(MasarError):
    """The work item, wait, call, incident or case is not open (any more)."""

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(text or Text("لم يعد هذا مفتوحاً.", "This is no longer open."))


class Runaway(Invalid):
    """A move that would go on without end: too many steps, or calls nested too deeply. Nothing of it is kept; whoever
    sent a form is told so, and keeps what they typed."""


class Fault(Exception):
    """Inside a move: a token cannot go on. It is parked as an incident; the rest of the move stands."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

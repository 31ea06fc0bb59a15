"""What can go wrong in the domain, told to people. Pages and the command line turn these into answers, once."""

from collections.abc import Mapping
from datetime import datetime

from engine.text import Text

_NOT_FOUND = Text("لا يوجد ما تطلبه، أو لا يحق لك الاطلاع عليه.", "There is no such page, or it is not open to you.")
_NOT_ALLOWED = Text("ليست لديك صلاحية لهذا الإجراء.", "You are not allowed to do this.")


class MasarError(Exception):
    """Something a person asked for that cannot be done; `text` says what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en or text.ar)
        self.text = text


class NotFound(MasarError):
    """There is no such thing, or the actor may not know that there is."""

    def __init__(self, text: Text = _NOT_FOUND) -> None:
        super().__init__(text)


class NotAllowed(MasarError):
    """The actor has no right to this."""

    def __init__(self, text: Text = _NOT_ALLOWED) -> None:
        super().__init__(text)


class Invalid(MasarError):
    """Answers that cannot be taken as they are. `fields` names each wrong field by its path in the form."""

    def __init__(self, text: Text, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(text)
        self.fields = dict(fields or {})


class Conflict(MasarError):
    """Somebody else did it first: `who` and `when` say so (both None where the cause is not a person)."""

    def __init__(self, text: Text, who: Text | None = None, when: datetime | None = None) -> None:
        super().__init__(text)
        self.who, self.when = who, when


class NotPossible(Conflict):
    """Nobody was faster: as things stand, this may not be done at all. Its page must not speak of a colleague."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)


class Unavailable(MasarError):
    """The database does not answer; the same request may be sent again in a moment."""

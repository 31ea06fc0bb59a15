"""What the linter says of a diagram, a decision, a form, a list or a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.text import Text

NAMELESS = Text("")
Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True)
class Finding:
    """One thing to mend, on one element of one file. Errors forbid publishing; warnings and hints do not."""

    file: str
    element: str
    rule: str
    severity: Severity
    message: Text
    mend: Text
    name: Text = NAMELESS
    """What the element is called; empty for a file as a whole, and where nobody named it."""

    def as_json(self) -> dict[str, object]:
        """The shape that `masar check --json` prints."""
        return {
            "file": self.file, "element": self.element, "name": {"ar": self.name.ar, "en": self.name.en},
            "rule": self.rule, "severity": self.severity,
            "message_ar": self.message.ar, "message_en": self.message.en,
            "mend": {"ar": self.mend.ar, "en": self.mend.en},
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Finding":
        """The finding that `as_json` told."""
        name = told.get("name") or {"ar": "", "en": ""}
        return cls(
            told["file"], told["element"], told["rule"], told["severity"],
            Text(told["message_ar"], told["message_en"]), Text(told["mend"]["ar"], told["mend"]["en"]),
            Text(name["ar"], name["en"]),
        )

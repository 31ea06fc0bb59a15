"""What the linter says of a diagram, a decision, a form, a list or a scenario."""

from dataclasses import dataclass
from typing import Literal

from engine.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing to mend, on one element of one file. Errors forbid publishing; warnings do not."""

    file: str
    element: str
    rule: str
    severity: Severity
    message: Text
    mend: Text

    def as_json(self) -> dict[str, object]:
        """The shape that `masar check --json` prints."""
        return {
            "file": self.file, "element": self.element, "rule": self.rule, "severity": self.severity,
            "message_ar": self.message.ar, "message_en": self.message.en,
            "mend": {"ar": self.mend.ar, "en": self.mend.en},
        }

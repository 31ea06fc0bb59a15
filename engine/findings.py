"""What the linter says of a diagram, a decision, a form, a list or a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.text import Text

NAMELESS = Text("")
Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True)
class Mending:
    """What a press of a button changes at an element, so that a finding goes, and what a person must decide then."""

    element: str
    changes: tuple[Text, ...]
    open: tuple[Text, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The shape that `of_json` reads."""
        return {
            "element": self.element, "changes": [[one.ar, one.en] for one in self.changes],
            "open": [[one.ar, one.en] for one in self.open],
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Mending":
        """The mending that `as_json` told."""
        changes, left = (tuple(Text(*one) for one in told[name]) for name in ("changes", "open"))
        return cls(told["element"], changes, left)


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
    mending: Mending | None = None
    """What the studio offers to do about it by itself."""

    def as_json(self) -> dict[str, object]:
        """The shape that `masar check --json` prints."""
        return {
            "file": self.file, "element": self.element, "name": {"ar": self.name.ar, "en": self.name.en},
            "rule": self.rule, "severity": self.severity,
            "message_ar": self.message.ar, "message_en": self.message.en,
            "mend": {"ar": self.mend.ar, "en": self.mend.en},
            **({"mending": self.mending.as_json()} if self.mending else {}),
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Finding":
        """The finding that `as_json` told."""
        name = told.get("name") or {"ar": "", "en": ""}
        return cls(
            told["file"], told["element"], told["rule"], told["severity"],
            Text(told["message_ar"], told["message_en"]), Text(told["mend"]["ar"], told["mend"]["en"]),
            Text(name["ar"], name["en"]), Mending.of_json(told["mending"]) if told.get("mending") else None,
        )

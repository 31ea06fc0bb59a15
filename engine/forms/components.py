"""form-js JSON as our own values: bounded, tolerant of what a half-finished draft holds."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import MasarError
from engine.forms.formulas import Formula, formula
from engine.forms.properties import Properties
from engine.text import Text

MOST_BYTES = 1_000_000
MOST_COMPONENTS = 600
MOST_DEPTH = 6


class FormError(MasarError):
    """A form that cannot be read at all."""


@dataclass(frozen=True, eq=False)
class Component:
    """One form-js component: its type, key (or path, for groups and lists), words, rules and children."""

    type: str
    id: str
    key: str
    label: Text
    hint: Text
    hide: Formula | None
    properties: Properties
    rules: Mapping[str, object]
    json: Mapping[str, object] = field(repr=False)
    children: tuple["Component", ...] = ()

    @property
    def element(self) -> str:
        """What a finding names it by."""
        return self.key or self.id

    @property
    def required(self) -> bool:
        """Required whenever it is visible."""
        return self.rules.get("required") is True

    def rule(self, name: str) -> int | None:
        """A whole number among the form-js rules (minLength, max…), None where there is none or it is a formula."""
        found = self.rules.get(name)
        if isinstance(found, bool):
            return None
        if isinstance(found, str) and found.strip().lstrip("-").isdecimal() and len(found) < 10:
            return int(found)
        return int(found) if isinstance(found, (int, float)) and abs(found) < 10**9 else None


def read_json(source: bytes) -> dict[str, object]:
    """The JSON object of a form. Raises FormError where it is none, or too large or too deep."""
    if len(source) > MOST_BYTES:
        raise FormError(Text("النموذج أكبر من المسموح.", "The form is larger than allowed."))
    try:
        found = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise FormError(Text("الملف ليس نموذجاً بصيغة JSON.", "The file is not a form in JSON.")) from error
    if not isinstance(found, dict) or not isinstance(found.get("components"), list):
        raise FormError(Text("الملف ليس نموذج form-js: لا مكوّنات فيه.", "The file is no form: it has no components."))
    if not isinstance(found.get("id"), str) or not found["id"]:
        raise FormError(Text("ينقص النموذج معرّفه (id).", "The form has no id."))
    return found


def canonical_hash(form: Mapping[str, object]) -> str:
    """SHA-256 over the form with sorted keys: editors reorder keys and leave their own version in it.

    Raises FormError for JSON that has no canonical form (NaN, lone surrogates)."""
    content = {key: value for key, value in form.items() if key not in ("exporter", "$schema")}
    try:
        plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(plain.encode()).hexdigest()
    except ValueError as error:
        what = Text("في النموذج نص أو رقم لا يُحفظ.", "The form holds a text or number that cannot be kept.")
        raise FormError(what) from error


class _Reader:
    """Counts components while it reads them, so that no file can flood us."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, given: object, depth: int) -> tuple[Component, ...]:
        if not isinstance(given, list):
            return ()
        if depth > MOST_DEPTH:
            raise FormError(Text("المكوّنات متداخلة أكثر من المسموح.", "Components are nested deeper than allowed."))
        found = []
        for one in given:
            self.count += 1
            if self.count > MOST_COMPONENTS:
                raise FormError(Text("المكوّنات أكثر من المسموح.", "There are more components than allowed."))
            if isinstance(one, dict):
                found.append(self.one(one, depth))
        return tuple(found)

    def one(self, given: dict[str, object], depth: int) -> Component:
        properties = Properties(given.get("properties"))
        conditional = given.get("conditional")
        rules = given.get("validate")
        label = _word(given, "label") or _word(given, "dateLabel") or _word(given, "timeLabel")
        return Component(
            type=_word(given, "type"),
            id=_word(given, "id"),
            key=_word(given, "key") or _word(given, "path"),
            label=Text(label, properties.text("label_en")),
            hint=Text(_word(given, "description"), properties.text("description_en")),
            hide=formula(conditional.get("hide")) if isinstance(conditional, dict) else None,
            properties=properties,
            rules=rules if isinstance(rules, dict) else {},
            json=given,
            children=self.read(given.get("components"), depth + 1),
        )


def read_components(form: Mapping[str, object]) -> tuple[Component, ...]:
    """All components of a form in order. Raises FormError beyond the bounds."""
    return _Reader().read(form["components"], 1)


def _word(given: Mapping[str, object], key: str) -> str:
    found = given.get(key)
    return found.strip() if isinstance(found, str) else ""

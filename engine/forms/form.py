"""A form: read once from its JSON, then shared by threads; it never changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import marshmallow

from engine.feel.env import Env, Purse
from engine.findings import Finding
from engine.forms import documents, linting, messages, reshaping, showing, telling
from engine.forms.cleaning import Raw
from engine.forms.components import Component, canonical_hash, read_components, read_json
from engine.forms.documents import Boxed, Document
from engine.forms.fields import Field, build
from engine.forms.fields.standing import Words
from engine.forms.lists import NO_LISTS, Lists
from engine.forms.moment import Decide, Moment
from engine.forms.outline import Asked, outline
from engine.forms.reading import Reading, read_scope
from engine.forms.scope import Scope
from engine.forms.views import FormView
from engine.forms.wiring import everything, formulas, wire
from engine.text import Text

MOST_STEPS = 500_000
"""What all formulas of a form may cost together each time it is read or shown: half a second."""


class Form:
    """Fields in order, with all that can be done with them. `sha256` names this exact version."""

    def __init__(self, key: str, sha256: str, components: tuple[Component, ...]) -> None:
        self.key, self.sha256, self.components = key, sha256, components
        fields = [build(component) for component in components]
        self.title, self.intro = Text(key, key), Text("", "")
        if fields and isinstance(fields[0], Words) and fields[0].text.ar.startswith("# "):
            opening = fields.pop(0)
            assert isinstance(opening, Words)
            self.title, self.intro = _opening(opening.text)
        self.scope = Scope(fields)
        wire(self.scope)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields on the first level: groups (shown as sections) and those outside of any."""
        return self.scope.fields

    @property
    def dynamic_lists(self) -> frozenset[str]:
        """Names of the lists that the caller must give: accounts, units, providers."""
        names = (field.component.properties.text("list_dynamic") for field in everything(self.scope))
        return frozenset(name for name in names if name)

    def asking_for(self, what: str) -> tuple[str, ...]:
        """The questions whose answer the program must find (`must_exist`), by path."""
        return tuple(field.path for field in everything(self.scope) if getattr(field, "must_exist", "") == what)

    def read(
        self, raw: Raw, context: Mapping[str, object], lists: Lists = NO_LISTS, env: Env | None = None,
        decide: Decide | None = None,
    ) -> Reading:
        """Understands what was sent. Never raises on hostile input; see Reading."""
        at = bounded(env)
        reshaped = reshaping.reshaped(self.scope, raw)
        if reshaped is not None:
            return Reading({}, {}, reshaped)
        moment = Moment(lists, at, context, "ar", decide)
        understood = read_scope(self.scope, raw, "", moment)
        new = reshaping.revealed(self.scope, raw, understood.hidden)
        errors = understood.errors | dict.fromkeys(new, messages.NEW_QUESTION)
        return Reading(understood.answers, errors, None, self._stopped(at))

    def view(
        self, values: Raw, context: Mapping[str, object], lists: Lists = NO_LISTS, env: Env | None = None,
        errors: Mapping[str, Text] | None = None, locale: str = "ar", decide: Decide | None = None,
    ) -> FormView:
        """The form to show, with values in it: texts by box name as sent or drafted, or answers as they were read."""
        moment = Moment(lists, bounded(env), context, locale, decide)
        return showing.form_view(self, values, moment, errors or {})

    def start(self, context: Mapping[str, object], env: Env | None = None) -> dict[str, list[str]]:
        """What the boxes hold when the form is first opened: the prefills, as typed text by box name."""
        return showing.prefilled(self.scope, context, bounded(env))

    def typed(self, answers: Mapping[str, Any], env: Env | None = None) -> dict[str, list[str]]:
        """Answers as the boxes would give them, to open them again."""
        return showing.as_typed(self.scope, answers, env or Env())

    def boxed(self, document: Document, env: Env | None = None) -> Boxed:
        """A program's answers as the boxes would hold them."""
        return documents.boxed(self.scope, document.values, env or Env())

    def document(self, raw: Raw) -> dict[str, Any]:
        """What the boxes hold, as a program would send it."""
        return documents.as_document(self.scope, raw)

    def outline(
        self, context: Mapping[str, object], lists: Lists = NO_LISTS, env: Env | None = None,
        decide: Decide | None = None,
    ) -> tuple[Asked, ...]:
        """What a program may answer, in order."""
        return outline(self.scope, Moment(lists, env or Env(), context, "ar", decide))

    def _stopped(self, env: Env) -> Text | None:
        stopped = set(env.purse.stopped) if env.purse else set()
        found = (
            field for field in everything(self.scope)
            if any(one.source in stopped for one in formulas(field)) or getattr(field, "decision", "") in stopped)
        return messages.computes_too_much(next((one.label for one in found), self.title)) if stopped else None

    def describe(self, answers: Mapping[str, Any], lists: Lists = NO_LISTS) -> tuple[telling.Told, ...]:
        """Question and answer in words, in the order of the form: (label, value, sensitivity, path)."""
        return telling.describe(self.scope, answers, lists)

    def check(self, lists: Lists | None = None) -> list[Finding]:
        """What to mend before this form may be published."""
        return linting.check(self.key, self.components, self.scope, lists)

    def marshmallow_schema(self) -> marshmallow.Schema:
        """The schema of the answers by path; made once per form."""
        return self.scope.schema()


def bounded(env: Env | None) -> Env:
    """An environment in which all formulas of a form together may cost only so much."""
    return replace(env or Env(), purse=Purse(MOST_STEPS))


def load_form(source: bytes) -> Form:
    """Reads form-js JSON. Raises FormError where it is no form at all; what is only unfinished is for `check`."""
    found = read_json(source)
    return Form(str(found["id"]), canonical_hash(found), read_components(found))


def _opening(text: Text) -> tuple[Text, Text]:
    (title_ar, intro_ar), (title_en, intro_en) = _split(text.ar), _split(text.en)
    return Text(title_ar, title_en), Text(intro_ar, intro_en)


def _split(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    return first.lstrip("# ").strip(), rest.strip()

"""Answers that were sent, read by the form in force: taken whole or refused with every fault named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.definitions import Definitions
from engine.errors import Invalid
from engine.forms import Document, Form, Lists
from engine.forms.messages import NO_SUCH_FIELD
from engine.text import Text

Sent = Mapping[str, list[str]] | Document
"""What somebody sent: the boxes of a page by name, or the document of a program."""

_FAULTS = Text("توجد أخطاء في النموذج. صحّحها ثم أرسل مرة أخرى.", "The form has mistakes. Mend them and send it again.")


def read_answers(
    definitions: Definitions, form: Form, raw: Sent, context: Mapping[str, Any], lists: Lists, now: datetime,
) -> dict[str, Any]:
    """The answers of a form; raises Invalid naming each wrong field."""
    env, misshapen = definitions.env(now), dict[str, Text]()
    if isinstance(raw, Document):
        given = form.boxed(raw, env)
        raw, misshapen = given.raw, given.errors
    reading = form.read(raw, dict(context), lists, env, definitions.decider(now))
    if reading.errors or misshapen or reading.reshaped is not None:
        raise Invalid(_FAULTS, {**reading.errors, **misshapen})
    return reading.answers


def no_answers(raw: Sent) -> dict[str, Any]:
    """What is answered where there is no form: nothing. Raises Invalid for a document that answers something."""
    if isinstance(raw, Document) and raw.values:
        raise Invalid(_FAULTS, dict.fromkeys(raw.values, NO_SUCH_FIELD))
    return {}

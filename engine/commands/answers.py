"""Answers that were sent, read by the form in force: taken whole or refused with every fault named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.definitions import Definitions
from engine.errors import Invalid
from engine.forms import Form, Lists
from engine.text import Text

_FAULTS = Text("توجد أخطاء في النموذج. صحّحها ثم أرسل مرة أخرى.", "The form has mistakes. Mend them and send it again.")


def read_answers(
    definitions: Definitions, form: Form, raw: Mapping[str, list[str]], context: Mapping[str, Any],
    lists: Lists, now: datetime,
) -> dict[str, Any]:
    """The answers of a form; raises Invalid naming each wrong field."""
    reading = form.read(raw, dict(context), lists, definitions.env(now), definitions.decider(now))
    if reading.errors or reading.reshaped is not None:
        raise Invalid(_FAULTS, reading.errors)
    return reading.answers

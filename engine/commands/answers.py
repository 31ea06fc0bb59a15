"""Answers that were sent, read by the form in force: taken whole or refused with every fault named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.standing import Standing
from engine.definitions import Definitions
from engine.errors import Invalid
from engine.forms import Document, Form, Lists
from engine.forms.messages import NO_SUCH_FIELD
from engine.masar import Masar
from engine.queries.offered import offered_lists, unfit_managers
from engine.queries.same_person import wrongly_named
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
    if reading.stopped is not None:
        raise Invalid(reading.stopped)
    if reading.errors or misshapen or reading.reshaped is not None:
        raise Invalid(_FAULTS, {**reading.errors, **misshapen})
    return reading.answers


def answers_in_case(
    masar: Masar, conn: Connection, standing: Standing, form: Form, raw: Sent, context: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """The answers of a form of a case. Whoever is named as its manager must be fit for that, once all that the form
    says is known, and another case that it names must be found. Raises Invalid naming each wrong field."""
    definitions, case = standing.definitions, standing.case
    lists = offered_lists(masar, conn, definitions, form, case, context, now, raw)
    answers = read_answers(definitions, form, raw, context, lists, now)
    if wrong := unfit_managers(masar, conn, definitions, form, case, context, answers, now):
        raise Invalid(_FAULTS, wrong)
    if wrong := wrongly_named(masar, conn, form, case, context, answers):
        raise Invalid(_FAULTS, wrong)
    return answers


def no_answers(raw: Sent) -> dict[str, Any]:
    """What is answered where there is no form: nothing. Raises Invalid for a document that answers something."""
    if isinstance(raw, Document) and raw.values:
        raise Invalid(_FAULTS, dict.fromkeys(raw.values, NO_SUCH_FIELD))
    return {}

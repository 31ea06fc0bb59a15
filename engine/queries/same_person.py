"""Another open case of the same person, named by its number: whether the program finds it, never what a person or a
diagram says of it. Whatever is wrong with a number is answered in the same words, so that nothing is learnt of files
that somebody may not know of."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from engine.access import may
from engine.actor import CURRENT_USER, Actor
from engine.bpmn import scopes_of
from engine.facts import load_facts
from engine.forms import Form
from engine.forms.cleaning import number_typed
from engine.forms.fields.base import place, placed
from engine.forms.properties import SAME_PERSON
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.relations import facts_of_case, is_sealed
from engine.store import cases, people, work_items
from engine.store.cases import CaseFile
from engine.store.master_key import KeyTrouble
from engine.subject import name_of, numbers_of
from engine.text import Text

NOT_FOUND = Text(
    "لا حالة أخرى مفتوحة للشخص نفسه بهذا الرقم يمكنك الإشارة إليها. راجع الرقم، أو اسأل مشرفك.",
    "No other open case of the same person that you may refer to has this number. Check it, or ask your supervisor.",
)
_NOT_OF_ONE_PERSON = frozenset({"phone"})
"""Families share a telephone: it does not make a brother and a sister one person."""
MOST_DEPTH = 6


def wrongly_named(
    masar: Masar, conn: Connection, form: Form, case: CaseFile, context: Mapping[str, Any], answers: dict[str, Any]
) -> dict[str, Text]:
    """What is wrong with the numbers of other cases that answers name, by field; a number that is right is put down as
    the case bears it."""
    wrong = {}
    for path in form.asking_for(SAME_PERSON):
        if (typed := placed(answers, path)) is None:
            continue
        number, actor = number_typed(typed), actor_named(conn, str(context.get(CURRENT_USER) or ""))
        if actor is None or not _is_theirs(masar, conn, actor, case, number, context, path):
            wrong[path] = NOT_FOUND
        place(answers, path, number)
    return wrong


def _is_theirs(
    masar: Masar, conn: Connection, actor: Actor, case: CaseFile, number: str, context: Mapping[str, Any], path: str
) -> bool:
    """Whether the number is that of another open case of this person, which the actor may know of, and which is not
    about to be closed in favour of this one."""
    other_id = cases.by_number(conn, number)
    plain = cases.load_plain(conn, other_id) if other_id is not None and other_id != case.id else None
    if plain is None or plain.kind != "case" or plain.status != "open" or is_sealed(plain):
        return False
    try:
        other = cases.load(conn, masar.vault, plain.id)
    except KeyTrouble:
        return False
    if other is None:
        return False
    facts = load_facts(other.facts)
    relation = facts_of_case(other, facts, work_items.open_of_case(conn, other.id), actor)
    if not (may(actor, "see_case", relation) or may(actor, "receive_case", relation)):
        return False
    # What the whole case knows may be left from a closing that was refused; what is under way may close it.
    under_way = scopes_of(masar.library.of(conn, other.bundle_id).bpmn, other.state)
    points_back = any(_names(held.values, path, case.number) for held in under_way if held.element is not None)
    return not points_back and _same_person(masar, conn, case, other, facts.person, context)


def _same_person(
    masar: Masar, conn: Connection, case: CaseFile, other: CaseFile, name: str | None, context: Mapping[str, Any]
) -> bool:
    """Whether either case bears each part of the name that the other has."""
    known = context.get("case")
    person = known.get("person") if isinstance(known, Mapping) else None
    person = person if isinstance(person, Mapping) else {}
    numbers = numbers_of({key: value for key, value in person.items() if key not in _NOT_OF_ONE_PERSON})
    return people.bears(conn, masar.vault, other.id, name_of(person), numbers) or people.bears(
        conn, masar.vault, case.id, name or "")


def _names(value: object, path: str, number: str, depth: int = 0) -> bool:
    """Whether answers anywhere in these variables name a number in this field."""
    if not isinstance(value, Mapping) or depth > MOST_DEPTH:
        return False
    return placed(value, path) == number or any(_names(one, path, number, depth + 1) for one in value.values())


__all__ = ["NOT_FOUND", "wrongly_named"]

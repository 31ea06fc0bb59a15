"""Whom a case or report is about: the parts of a person's answers that lists show and searches find."""

from collections.abc import Mapping
from typing import Any

NAME_PARTS = ("first_name", "father_name", "grandfather_name", "family_name")
WHOLE_NAMES = ("full_name", "person_name", "name", "nickname")
OTHER_NAMES = ("mother_name", "nickname")
NUMBERS = ("national_id", "id_number", "document_number", "phone")


def name_of(person: Mapping[str, Any]) -> str:
    """The name as one line; empty when nobody knows it yet."""
    parts = [str(person[key]) for key in NAME_PARTS if person.get(key)]
    if parts:
        return " ".join(parts)
    return next((str(person[key]) for key in WHOLE_NAMES if person.get(key)), "")


def names_of(person: Mapping[str, Any]) -> list[str]:
    """Every name by which the person may be looked for."""
    return [name_of(person), *(str(person[key]) for key in OTHER_NAMES if person.get(key))]


def numbers_of(person: Mapping[str, Any]) -> list[str]:
    """Identity numbers and the like."""
    return [str(person[key]) for key in NUMBERS if person.get(key)]

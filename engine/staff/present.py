"""Units and people as they are in the database now, and as a spreadsheet wants them."""

from dataclasses import dataclass

from engine.text import Text


@dataclass(frozen=True)
class UnitState:
    """A unit of the tree; `parent` is a code, "" for the ministry."""

    code: str
    parent: str
    kind: str
    name: Text
    country: str = ""


@dataclass(frozen=True)
class PersonState:
    """An account and the pairs of role and unit code that it holds."""

    login: str
    name: Text
    language: str = "ar"
    active: bool = True
    held: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Present:
    """What is there already, by code and by login."""

    units: dict[str, UnitState]
    people: dict[str, PersonState]

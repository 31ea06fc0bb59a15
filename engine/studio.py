"""What analysts work on: the kinds of definitions, how their files are called, and what a new one begins with. Pure."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from engine.checks.source import Kind as FileKind
from engine.checks.source import Source as File
from engine.definitions import Kind, Source
from engine.findings import Finding
from engine.text import Text

Noun = Literal["process", "decision", "form", "list"]
NOUNS: tuple[Noun, ...] = ("process", "decision", "form", "list")

LARGEST = 2_000_000
"""Bytes of a draft."""
CALENDAR = "calendar"
"""The list of working days, which is stored as a kind of its own."""
_PLACES: Mapping[Kind, tuple[str, str, FileKind]] = {
    "process": ("processes", ".bpmn", "diagram"), "decision": ("processes/decisions", ".dmn", "decision"),
    "form": ("forms", ".form", "form"), "list": ("forms/lists", ".yaml", "list"),
    "calendar": ("forms/lists", ".yaml", "list"),
}
_TYPES: Mapping[Kind, str] = {
    "process": "application/xml", "decision": "application/xml", "form": "application/json",
    "list": "application/yaml", "calendar": "application/yaml",
}
_KEY = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,59}")
_UNREADABLE = frozenset({"not-a-diagram", "not-a-decision", "not-a-form", "not-xml", "not-yaml", "list-shape"})
_CUT_OFF = "check-"


def stored_kind(noun: Noun, key: str) -> Kind:
    """How a definition is kept."""
    return "calendar" if (noun, key) == ("list", CALENDAR) else noun


def noun_of(kind: str) -> Noun:
    """As what a stored kind is shown."""
    return next((noun for noun in NOUNS if noun == kind), "list")


def file_name(kind: Kind, key: str) -> str:
    """The name of a definition's file, as in the two folders."""
    return key + _PLACES[kind][1]


def media_type(kind: Kind) -> str:
    """What a browser is told that the file is."""
    return _TYPES[kind]


def as_file(source: Source) -> File:
    """A definition as the check reads it."""
    folder, ending, kind = _PLACES[source.kind]
    name = source.key + ending
    return File(name, Path(folder) / name, kind, source.content)


def is_key(key: str) -> bool:
    """Whether a new definition may be called so: Latin letters, digits and underscores, a letter first."""
    return _KEY.fullmatch(key) is not None


def could_be_read(findings: list[Finding]) -> bool:
    """Whether the check understood the file at all, whatever it then found in it."""
    return not any(f.rule in _UNREADABLE or f.rule.startswith((_CUT_OFF, "xml-")) for f in findings)


KIND_WORDS: Mapping[Noun, Text] = {
    "process": Text("إجراء", "Process"), "decision": Text("قرار", "Decision"),
    "form": Text("نموذج", "Form"), "list": Text("قائمة", "List"),
}

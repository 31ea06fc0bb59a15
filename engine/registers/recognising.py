"""How a person is recognised in a case by somebody who may not work with them: by keyed hashes of pairs of the parts of
their name and of their numbers. Nobody can read a name from these."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.store.names import name_parts, normalise_number
from engine.store.vault import Vault
from engine.subject import NAME_PARTS, name_of, names_of, numbers_of

DEEPEST, MOST = 6, 3_000
_NO_PERSON = frozenset({"provider_name", "school_name", "file_name", "agency_name"})


@dataclass(frozen=True)
class Marks:
    """The marks of some people: `whole` of first and last names and of numbers, `pairs` of the first name with every
    other part (the father's among them)."""

    whole: frozenset[bytes] = frozenset()
    pairs: frozenset[bytes] = frozenset()

    def as_keys(self) -> dict[bytes, bool]:
        """All marks, and which of them are whole."""
        return dict.fromkeys(self.pairs, False) | dict.fromkeys(self.whole, True)


NOBODY = Marks()


@dataclass(frozen=True)
class Named:
    """Who is named in answers and variables, and how the person of the case lives."""

    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    arrangements: list[str] = field(default_factory=list)


def marks_of(vault: Vault, names: Iterable[str], numbers: Iterable[str] = ()) -> Marks:
    """The marks of people by their names and numbers; a name of one part marks nobody."""
    whole, pairs = set[bytes](), set[bytes]()
    for parts in map(name_parts, names):
        if len(parts) < 2:
            continue
        whole.add(_mark(vault, "name", f"{parts[0]} {parts[-1]}"))
        pairs |= {_mark(vault, "name", f"{parts[0]} {part}") for part in parts[1:]}
    whole |= {_mark(vault, "number", number) for number in filter(None, map(normalise_number, numbers))}
    return Marks(frozenset(whole), frozenset(pairs))


def named_in(*documents: Mapping[str, Any]) -> Named:
    """Everybody who is named anywhere in some answers and variables."""
    found = Named()
    for count, one in enumerate(_mappings(documents, 0)):
        if count >= MOST:
            break
        if name_of(one):
            found.names.update(names_of(one))
            found.numbers.update(numbers_of(one))
        for key, value in one.items():
            if isinstance(value, str) and key.endswith("_name") and key not in NAME_PARTS and key not in _NO_PERSON:
                found.names.add(value)
            if key == "care_arrangement" and isinstance(value, str):
                found.arrangements.append(value)
    return found


def _mappings(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        yield value
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            if isinstance(one, Mapping | list | tuple):
                yield from _mappings(one, depth + 1)


def _mark(vault: Vault, kind: str, text: str) -> bytes:
    return vault.hash(f"conflict {kind}", text)[:16]

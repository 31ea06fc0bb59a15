"""Option lists: what may be chosen, in both languages, kept in forms/lists/*.yaml or given by the caller."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.errors import MasarError
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.text import Text
from engine.words import MONTHS


@dataclass(frozen=True)
class Option:
    """One value to choose. `group` is a heading; `parents` tie it to values of another list (a district to its
    governorate, a provider to its services). An option that is not active is still told of old answers, but
    offered no more. `facts` are all keys of its line (default_priority, licence_status…), for whoever needs them.
    `why_not` says why nobody may choose it just now; it is shown with that, and cannot be chosen."""

    value: str
    label: Text
    group: Text | None = None
    parents: tuple[str, ...] = ()
    active: bool = True
    facts: Mapping[str, object] = field(default_factory=dict, compare=False)
    why_not: Text | None = None

    def belongs_to(self, parent: object) -> bool:
        """Whether it may be chosen under a value of the other list; one without parents stands under all."""
        return not self.parents or parent in self.parents


class Lists(Mapping[str, tuple[Option, ...]]):
    """All lists by key. `with_dynamic` adds those that only the moment knows (accounts, units, providers)."""

    def __init__(self, lists: Mapping[str, tuple[Option, ...]]) -> None:
        self._lists = dict(lists)
        self._by_value: dict[str, dict[str, Option]] = {}

    def __getitem__(self, key: str) -> tuple[Option, ...]:
        return self._lists[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def with_dynamic(self, more: Mapping[str, tuple[Option, ...]]) -> "Lists":
        """These lists and more; a list given twice is taken from `more`."""
        return Lists({**self._lists, **more})

    def option(self, key: str, value: str) -> Option | None:
        """One option of a list, also one that is offered no more; None where there is none."""
        if key not in self._by_value:
            self._by_value[key] = {option.value: option for option in self._lists.get(key, ())}
        return self._by_value[key].get(value)

    def of_country(self, code: str) -> dict[str, str]:
        """Of each list of which one option alone belongs to a country (`country` in its line), that option's value."""
        own = {key: [one.value for one in options if code and one.active and one.facts.get("country") == code]
               for key, options in self._lists.items()}
        return {key: values[0] for key, values in own.items() if len(values) == 1}

    @cached_property
    def months(self) -> tuple[Text, ...]:
        """What the months are called here (the list `months`, by number); by their common names where it is silent."""
        named = {one.value: one.label for one in self._lists.get("months", ())}
        return tuple(named.get(str(number), name) for number, name in enumerate(MONTHS, 1))


NO_LISTS = Lists({})


class ListError(MasarError):
    """A list file that cannot be read."""


def load_lists(folder: Path) -> Lists:
    """Reads every *.yaml of a folder; each top-level key with a list of lines is one list, named by its key.

    Raises ListError, naming the file, where one is not what docs/forms.md describes."""
    lists: dict[str, tuple[Option, ...]] = {}
    for file in sorted(folder.glob("*.yaml")):
        for key, options in read_list_file(file.read_bytes(), file.name).items():
            if key in lists:
                raise _fault(file.name, f"القائمة «{key}» معرّفة مرتين.", f"list “{key}” is given twice.")
            lists[key] = options
    return Lists(lists)


def read_list_file(source: bytes, name: str) -> dict[str, tuple[Option, ...]]:
    """The lists of one file. Raises ListError."""
    try:
        found = parse_yaml(source)
    except UnsafeYaml as error:
        raise _fault(name, "تعذّرت قراءة الملف.", "the file cannot be read as YAML.") from error
    if not isinstance(found, dict):
        raise _fault(name, "ليس ملف قوائم.", "not a file of lists.")
    lists = {}
    for key, lines in found.items():
        if isinstance(lines, list) and lines and all(isinstance(line, dict) and "value" in line for line in lines):
            lists[str(key)] = tuple(_option(line, name, str(key)) for line in lines)
            values = [option.value for option in lists[str(key)]]
            if len(set(values)) != len(values):
                raise _fault(name, f"قيمة مكررة في «{key}».", f"a value stands twice in “{key}”.")
    return lists


def _fault(file: str, ar: str, en: str) -> ListError:
    return ListError(Text(f"{file}: {ar}", f"{file}: {en}"))


def _option(line: Mapping[str, Any], name: str, key: str) -> Option:
    value, ar = line["value"], line.get("ar")
    if not isinstance(value, str) or not isinstance(ar, str) or not value or not ar:
        raise _fault(name, f"كل سطر في «{key}» يحتاج إلى value وar.", f"each line of “{key}” needs value and ar.")
    group = Text(line["group_ar"], str(line.get("group_en", ""))) if isinstance(line.get("group_ar"), str) else None
    given = line.get("parent")
    parents = given if isinstance(given, list) else [] if given is None else [given]
    return Option(
        value, Text(ar, str(line.get("en", ""))), group, tuple(str(one) for one in parents),
        line.get("active", True) is not False, dict(line),
    )

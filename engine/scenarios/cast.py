"""What the stories share: people, forms filled again and again, chapters. They are processes/scenarios/cast.yaml
and, beside it, a cast_*.yaml for each part of the work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import MasarError
from engine.forms import Lists, Option
from engine.safeyaml import parse_yaml
from engine.scenarios.story import Step, read_steps
from engine.text import Text

CAST_FILE = "cast.yaml"


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    login: str
    roles: frozenset[str]
    name: str


@dataclass(frozen=True)
class Filled:
    """A filled form to begin from. `rest` answers every other question that offers this value."""

    form: str
    answers: Mapping[str, Any]
    rest: str | None = None


@dataclass(frozen=True)
class Cast:
    """People by login, filled forms by name, chapters (steps that several stories begin with) by name, names of units
    by code."""

    people: Mapping[str, Person] = field(default_factory=dict)
    filled: Mapping[str, Filled] = field(default_factory=dict)
    chapters: Mapping[str, Sequence[Step]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def lists(self, wanted: frozenset[str], lists: Lists) -> Lists:
        """The lists with those of accounts ("users.<role>", "people") that a form asks for."""
        more = {}
        for key in wanted:
            roles = set(key.removeprefix("users.").split("+"))
            more[key] = tuple(Option(person.login, Text(person.name)) for person in self.people.values()
                              if roles & person.roles)
        more["people"] = tuple(Option(person.login, Text(person.name)) for person in self.people.values())
        more["directory.institutions"] = tuple(lists.get("directory.providers", ()))
        more["units"] = tuple(Option(code, Text(name)) for code, name in self.units.items())
        return lists.with_dynamic({key: options for key, options in more.items() if key not in lists})


def is_cast(file: Path) -> bool:
    """Whether a file of the stories' folder holds a cast and no story."""
    return file.name == CAST_FILE or (file.name.startswith("cast_") and file.suffix == ".yaml")


def cast_in(folder: Path) -> Cast:
    """The cast of a folder of stories: cast.yaml first, then its cast_*.yaml by name. Raises MasarError naming the
    entry that is wrong, or that stands in two of them."""
    files = sorted(filter(is_cast, folder.glob("*.yaml")), key=lambda file: (file.name != CAST_FILE, file.name))
    cast = Cast()
    for file in files:
        cast = read_cast(file.read_bytes(), cast)
    return cast


def read_cast(source: bytes, before: Cast | None = None) -> Cast:
    """Reads one file, on top of what those before it say. Raises MasarError naming the entry that is wrong."""
    found = parse_yaml(source) or {}
    if not isinstance(found, dict):
        raise _wrong("")
    before = before or Cast()
    people, filled = dict(before.people), dict(before.filled)
    for login, said in _new(found, "people", people):
        if not isinstance(said, dict) or not isinstance(said.get("roles"), list):
            raise _wrong(login)
        people[login] = Person(login, frozenset(map(str, said["roles"])), str(said.get("name", login)))
    for name, said in _new(found, "filled", filled):
        filled[name] = _filled(name, said, filled)
    chapters = dict(before.chapters)
    chapters |= {name: read_steps(steps, f"{name}.") for name, steps in _new(found, "chapters", chapters)}
    units = {**before.units, **{code: str(name) for code, name in _new(found, "units", before.units)}}
    return Cast(people, filled, chapters, units)


def _new(found: Mapping[str, Any], section: str, known: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The entries of a section; a name that another file gave already is refused."""
    entries = [(str(name), said) for name, said in (found.get(section) or {}).items()]
    twice = next((name for name, _ in entries if name in known), None)
    if twice is not None:
        raise MasarError(Text(f"المدخل «{twice}» موجود في ملفين من ملفات {CAST_FILE}.",
                              f"“{twice}” stands in two files of the cast."))
    return entries


def _filled(name: str, said: Any, known: Mapping[str, Filled]) -> Filled:
    """A filled form; `like` takes over what one above it says."""
    if not isinstance(said, dict) or not isinstance(said.get("answers"), dict):
        raise _wrong(name)
    like = said.get("like")
    if like is None:
        return Filled(str(said.get("form", "")), said["answers"], said.get("rest"))
    if like not in known:
        raise _wrong(str(like))
    model = known[like]
    return Filled(model.form, {**model.answers, **said["answers"]}, said.get("rest", model.rest))


def _wrong(entry: str) -> MasarError:
    return MasarError(Text(
        f"ملف {CAST_FILE}: المدخل «{entry}» ليس شخصاً بأدوار (roles) ولا نموذجاً بإجابات (answers).",
        f"{CAST_FILE}: “{entry}” is neither a person with roles nor a form with answers."))

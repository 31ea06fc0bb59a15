"""What the stories share: people, forms filled again and again, chapters. It is processes/scenarios/cast.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """People by login, filled forms by name, chapters (steps that several stories begin with) by name."""

    people: Mapping[str, Person] = field(default_factory=dict)
    filled: Mapping[str, Filled] = field(default_factory=dict)
    chapters: Mapping[str, Sequence[Step]] = field(default_factory=dict)

    def lists(self, wanted: frozenset[str], lists: Lists) -> Lists:
        """The lists with those of accounts ("users.<role>") that a form asks for."""
        more = {}
        for key in wanted:
            role = key.removeprefix("users.")
            more[key] = tuple(Option(person.login, Text(person.name)) for person in self.people.values()
                              if role in person.roles)
        return lists.with_dynamic({key: options for key, options in more.items() if key not in lists})


def read_cast(source: bytes) -> Cast:
    """Reads the file. Raises MasarError naming the entry that is wrong."""
    found = parse_yaml(source) or {}
    if not isinstance(found, dict):
        raise _wrong("")
    people: dict[str, Person] = {}
    filled: dict[str, Filled] = {}
    for login, said in (found.get("people") or {}).items():
        if not isinstance(said, dict) or not isinstance(said.get("roles"), list):
            raise _wrong(str(login))
        people[str(login)] = Person(str(login), frozenset(map(str, said["roles"])), str(said.get("name", login)))
    for name, said in (found.get("filled") or {}).items():
        filled[str(name)] = _filled(str(name), said, filled)
    chapters = {str(name): read_steps(steps, f"{name}.") for name, steps in (found.get("chapters") or {}).items()}
    return Cast(people, filled, chapters)


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

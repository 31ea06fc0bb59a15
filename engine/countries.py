"""Countries: what differs from the shipped base, in one folder each under processes/countries.

A folder holds only what differs: diagrams, `decisions/`, `scenarios/`, `forms/` and `forms/lists/`. A file takes the
place of the base's file of that name, or joins it. Lists are joined value by value, so that the codes
that statistics count by are inherited: a country relabels them, adds to them and no longer offers them, but none goes
away (docs/countries.md)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from engine.checks.source import COUNTRIES
from engine.definitions import Source, sources_in
from engine.errors import MasarError
from engine.forms import Lists
from engine.forms.lists import NO_LISTS, read_list_file
from engine.safeyaml import parse_yaml
from engine.text import Text

ONLY = "only"
_PLACES = {
    "process": ("processes", ".bpmn"), "decision": ("processes/decisions", ".dmn"), "form": ("forms", ".form"),
    "list": ("forms/lists", ".yaml"), "calendar": ("forms/lists", ".yaml"),
}


def countries_in(processes: Path) -> list[str]:
    """The codes of the countries that have a folder."""
    return sorted(path.name for path in (processes / COUNTRIES).glob("*") if path.is_dir())


def country_sources(processes: Path, forms: Path, country: str = "") -> list[Source]:
    """The definitions of a country: those of the base with what its folder says. Without a country, the base.
    Raises MasarError where there is no such folder or a list of it makes no sense."""
    base = sources_in(processes, forms)
    if not country:
        return base
    if country not in countries_in(processes):
        raise MasarError(Text(
            f"لا مجلد للبلد «{country[:20]}» في {COUNTRIES}.",
            f"There is no folder for the country “{country[:20]}” in {COUNTRIES}."))
    folder = processes / COUNTRIES / country
    own = {(one.kind, one.key): one for one in sources_in(folder, folder / "forms")}
    kept = [_joined(one, own.pop((one.kind, one.key), None)) for one in base]
    return sorted([*kept, *own.values()], key=lambda one: list(_PLACES).index(one.kind))


def shipped_lists(processes: Path, forms: Path, country: str, name: str) -> Lists:
    """The lists of one shipped file as a country has them: for what must be told before anything can be read from the
    database. Raises MasarError."""
    folders = [forms, *([processes / COUNTRIES / country / "forms"] if country in countries_in(processes) else [])]
    files = [folder / "lists" / f"{name}.yaml" for folder in folders]
    found = [Source("list", name, file.read_bytes()) for file in files if file.is_file()]
    joined = _joined(found[0], found[1] if found[1:] else None) if found else None
    return Lists(read_list_file(joined.content, files[0].name)) if joined else NO_LISTS


def decision_tests(processes: Path, country: str) -> list[Path]:
    """The examples of the decision tables as they hold in a country: its own in the place of the base's."""
    folders = [processes, *([processes / COUNTRIES / country] if country else [])]
    found = {path.name: path for folder in folders for path in sorted((folder / "decisions").glob("*.tests.yaml"))}
    return list(found.values())


@contextmanager
def folders_of(processes: Path, forms: Path, country: str) -> Iterator[tuple[Path, Path]]:
    """The two folders of what is run here: those of the base, or of a country, laid out for a moment."""
    if not country:
        yield processes, forms
        return
    with TemporaryDirectory() as folder:
        yield lay_out(processes, forms, country, Path(folder))


def lay_out(processes: Path, forms: Path, country: str, into: Path) -> tuple[Path, Path]:
    """Writes what a country runs into a folder, as two folders like those of the base: processes and forms."""
    for source in country_sources(processes, forms, country):
        place, ending = _PLACES[source.kind]
        (into / place).mkdir(parents=True, exist_ok=True)
        (into / place / f"{source.key}{ending}").write_bytes(source.content)
    own = processes / COUNTRIES / country
    words = _words_of(own)
    for pattern in ("scenarios/*.yaml", "decisions/*.tests.yaml", "demo/*.yaml"):
        for file in (*sorted(processes.glob(pattern)), *sorted(own.glob(pattern))):
            target = into / "processes" / pattern.partition("/")[0] / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            told = words if file.parent.name != "decisions" and own not in file.parents else {}
            target.write_bytes(_told_here(file.read_bytes(), told))
    return into / "processes", into / "forms"


def _words_of(folder: Path) -> Mapping[str, str]:
    """What the stories and the demo of the base say otherwise here: `in_stories` of country.yaml, such as the name of a
    place."""
    file = folder / "country.yaml"
    found = parse_yaml(file.read_bytes()) if file.is_file() else None
    said = found.get("in_stories") if isinstance(found, Mapping) else None
    return {str(word): str(other) for word, other in said.items()} if isinstance(said, Mapping) else {}


def _told_here(content: bytes, words: Mapping[str, str]) -> bytes:
    if not words:
        return content
    longest_first = sorted(words, key=len, reverse=True)
    known = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return known.sub(lambda found: words[found[1]], content.decode("utf-8")).encode()


def _joined(base: Source, own: Source | None) -> Source:
    """What holds of a file that the base and perhaps the country have."""
    if own is None:
        return base
    if base.kind not in ("list", "calendar"):
        return own
    content = dict(_mapping(base))
    for key, said in _mapping(own).items():
        before = content.get(key)
        if base.kind == "list" and isinstance(before, list):
            content[key] = _with_options(base.key, key, before, said)
        else:
            content[key] = said
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000)
    return Source(base.kind, base.key, text.encode())


def _mapping(source: Source) -> Mapping[str, Any]:
    found = parse_yaml(source.content)
    if not isinstance(found, Mapping):
        raise _wrong(source.key, "")
    return found


def _with_options(file: str, key: str, before: Sequence[Any], said: Any) -> list[Any]:
    """The options of a list: `only: {field: value}` leaves the others unoffered, `values` are joined by value."""
    if isinstance(said, list):
        said = {"values": said}
    if not isinstance(said, Mapping) or not set(said) <= {ONLY, "values"}:
        raise _wrong(file, key)
    only, values = said.get(ONLY) or {}, said.get("values") or []
    if not isinstance(only, Mapping) or not all(isinstance(one, Mapping) and "value" in one for one in values):
        raise _wrong(file, key)
    joined = {str(one["value"]): dict(one) for one in before}
    for one in joined.values() if only else ():
        one["active"] = all(one.get(field) == wanted for field, wanted in only.items())
    for one in values:
        value = str(one["value"])
        joined[value] = joined.get(value, {}) | dict(one)
    return list(joined.values())


def _wrong(file: str, key: str) -> MasarError:
    return MasarError(Text(
        f"القائمة «{key or file}» في ملف البلد {file}.yaml ليست خيارات (values) ولا شرطاً (only).",
        f"The list “{key or file}” of the country's file {file}.yaml is neither values nor a condition (only)."))

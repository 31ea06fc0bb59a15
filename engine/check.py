"""Whether files may be published: diagrams, decisions, forms, lists and stories, alone and together.

Nothing here raises for what a file holds; whatever goes wrong is a finding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from engine.checks.decisions import check_decision, decisions_in, results_in
from engine.checks.diagrams import (
    Drawn,
    Surroundings,
    by_process,
    check_diagram,
    check_together,
    read_diagrams,
)
from engine.checks.forms import asked_by, check_form, forms_in, held_by
from engine.checks.guard import guarded
from engine.checks.lists import check_lists, lists_in
from engine.checks.naming import named
from engine.checks.source import Reader, Source
from engine.checks.stories import check_stories, check_story
from engine.checks.tables import check_tests
from engine.findings import Finding
from engine.forms import Lists, Option

STORIES_SECONDS = 120.0


@dataclass(frozen=True)
class Reading:
    """What was found in some files: diagrams, decisions with what they ask for, the option lists; by file."""

    drawn: Mapping[str, Drawn]
    decisions: Mapping[str, Mapping[str, frozenset[str]]]
    lists: Mapping[str, Mapping[str, tuple[Option, ...]]]
    unreadable: Sequence[Finding]

    @classmethod
    def of(cls, sources: Sequence[Source]) -> "Reading":
        """Reads every file; what cannot be read is a finding."""
        drawn: dict[str, Drawn] = {}
        unreadable: list[Finding] = []
        for source in sources:
            if source.kind == "diagram":
                unreadable += guarded(source.file, partial(_draw, source, drawn))
        decisions = {s.file: decisions_in(s.data) for s in sources if s.kind == "decision"}
        lists = {s.file: lists_in(s.data) for s in sources if s.kind == "list"}
        return cls(drawn, decisions, lists, unreadable)


def _draw(source: Source, drawn: dict[str, Drawn]) -> list[Finding]:
    found, findings = read_diagrams([source])
    drawn.update({one.source.file: one for one in found})
    return findings


@dataclass(frozen=True)
class Installed:
    """What is published already and checked files may refer to; read once."""

    sources: Sequence[Source] = field(default_factory=tuple)
    destinations: frozenset[str] | None = None

    @cached_property
    def reading(self) -> Reading:
        """What its files hold."""
        return Reading.of(self.sources)


def check_paths(paths: Sequence[str | Path], installed: Installed | None = None) -> list[Finding]:
    """All findings of some files and folders, in the order of the files."""
    reader = Reader()
    reader.read(paths or [""])
    findings = reader.findings + check_sources(reader.sources, installed)
    for folder in map(Path, paths):
        if (folder / "scenarios").is_dir() and not any(f.severity == "error" for f in findings):
            findings += guarded(str(folder), partial(check_stories, folder), STORIES_SECONDS)
    return findings


def check_sources(given: Sequence[Source], installed: Installed | None = None) -> list[Finding]:
    """All findings of some files that were read (or uploaded). Of a file that is given and installed, the given
    one counts."""
    return _Check(given, installed or Installed()).findings()


class _Check:
    def __init__(self, given: Sequence[Source], installed: Installed) -> None:
        self.given = given
        replaced = {(source.kind, source.path.name) for source in given}
        kept = [s for s in installed.sources if (s.kind, s.path.name) not in replaced]
        self.all = [*kept, *given]
        self.own, old = Reading.of(given), installed.reading
        files = {source.file for source in kept}
        drawn = {file: one for file, one in old.drawn.items() if file in files} | dict(self.own.drawn)
        decisions = _together(old.decisions, files, self.own.decisions)
        forms = forms_in(self.all)
        asked = {key: asked_by(forms[key], decisions) if key in forms else () for key in self._keys()}
        self.around = Surroundings(
            by_process(drawn.values()), decisions, asked, held_by(forms), self._results(), installed.destinations)
        lists = [found for file, found in old.lists.items() if file in files] + list(self.own.lists.values())
        options = {key: some for found in lists for key, some in found.items()}
        self.lists = Lists(options) if options else None

    def _results(self) -> Mapping[str, frozenset[str]]:
        found = (results_in(source.data) for source in self.all if source.kind == "decision")
        return {id: names for some in found for id, names in some.items()}

    def _keys(self) -> frozenset[str]:
        return frozenset(source.stem for source in self.all if source.kind == "form")

    def findings(self) -> list[Finding]:
        """Those of every given file, then those that only show together."""
        found = list(self.own.unreadable)
        for source in (*self.given, *self._tests_installed()):
            found += guarded(source.file, partial(self._named, source))
        return found + guarded("", partial(check_together, list(self.own.drawn.values())))

    def _named(self, source: Source) -> list[Finding]:
        return named(source.data, self._checked(source))

    def _tests_installed(self) -> list[Source]:
        """Tests that are installed for decisions that are given anew."""
        tables = {source.stem for source in self.given if source.kind == "decision"}
        own = {source.file for source in self.given}
        return [s for s in self.all if s.kind == "tests" and s.stem in tables and s.file not in own]

    def _checked(self, source: Source) -> list[Finding]:
        match source.kind:
            case "diagram":
                drawn = self.own.drawn.get(source.file)
                return [] if drawn is None else check_diagram(drawn, self.around)
            case "decision":
                return check_decision(source.file, source.data, source.stem)
            case "form":
                return check_form(source.file, source.data, self.lists, source.stem)
            case "list":
                return check_lists(source.file, source.data)
            case "tests":
                return check_tests(source, [s for s in self.all if s.kind == "decision"])
            case "story":
                return check_story(source)


def _together(
    old: Mapping[str, Mapping[str, frozenset[str]]], kept: set[str], own: Mapping[str, Mapping[str, frozenset[str]]]
) -> Mapping[str, frozenset[str]]:
    """The decisions of the kept old files and of the own ones."""
    found = [*(some for file, some in old.items() if file in kept), *own.values()]
    return {id: asked for some in found for id, asked in some.items()}


def may_publish(findings: Sequence[Finding]) -> bool:
    """Whether nothing among the findings forbids publishing."""
    return not any(finding.severity == "error" for finding in findings)

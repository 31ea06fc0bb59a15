"""Whether files may be published: diagrams, decisions, forms, lists and stories, alone and together.

Nothing here raises for what a file holds; whatever goes wrong is a finding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from engine.checks.decisions import check_decision, decision_ids
from engine.checks.diagrams import (
    Drawn,
    Surroundings,
    by_process,
    check_diagram,
    check_together,
    read_diagrams,
)
from engine.checks.forms import check_form
from engine.checks.guard import guarded
from engine.checks.lists import check_lists, list_names
from engine.checks.source import Kind, Reader, Source
from engine.checks.stories import check_stories, check_story
from engine.checks.tables import check_tests
from engine.findings import Finding
from engine.forms import Lists

STORIES_SECONDS = 120.0


@dataclass(frozen=True)
class Installed:
    """What is published already and checked files may refer to."""

    sources: Sequence[Source] = field(default_factory=tuple)
    destinations: frozenset[str] | None = None


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
        self.all = [*(s for s in installed.sources if (s.kind, s.path.name) not in replaced), *given]
        self.drawn: dict[str, Drawn] = {}
        self.unreadable: list[Finding] = []
        for source in self._of("diagram"):
            self.unreadable += guarded(source.file, partial(self._draw, source))
        self.around = Surroundings(
            by_process(self.drawn.values()),
            frozenset().union(*(decision_ids(s.data) for s in self._of("decision"))),
            frozenset(source.stem for source in self._of("form")),
            installed.destinations,
        )
        self.lists = _lists(self._of("list"))

    def _of(self, kind: Kind) -> list[Source]:
        return [source for source in self.all if source.kind == kind]

    def _draw(self, source: Source) -> list[Finding]:
        drawn, findings = read_diagrams([source])
        self.drawn.update({one.source.file: one for one in drawn})
        return findings

    def findings(self) -> list[Finding]:
        """Those of every given file, then those that only show together."""
        given = {source.file for source in self.given}
        found = [finding for finding in self.unreadable if finding.file in given]
        for source in self.given:
            found += guarded(source.file, self._checks(source))
        together = guarded("", lambda: check_together([d for f, d in self.drawn.items() if f in given]))
        return found + together

    def _checks(self, source: Source) -> Callable[[], list[Finding]]:
        return {
            "diagram": lambda: self._diagram(source),
            "decision": lambda: check_decision(source.file, source.data, source.stem),
            "form": lambda: check_form(source.file, source.data, self.lists, source.stem),
            "list": lambda: check_lists(source.file, source.data),
            "tests": lambda: check_tests(source, self._of("decision")),
            "story": lambda: check_story(source),
        }[source.kind]

    def _diagram(self, source: Source) -> list[Finding]:
        drawn = self.drawn.get(source.file)
        return [] if drawn is None else check_diagram(drawn, self.around)


def _lists(sources: Sequence[Source]) -> Lists | None:
    """The lists of some files; None where there are none, since then nobody can tell which exist."""
    names = frozenset().union(*(list_names(source.data) for source in sources))
    return Lists(dict.fromkeys(names, ())) if names else None


def may_publish(findings: Sequence[Finding]) -> bool:
    """Whether nothing among the findings forbids publishing."""
    return not any(finding.severity == "error" for finding in findings)

"""Acceptance stories: read one by one, and played when the whole folder of processes is checked."""

from pathlib import Path

from engine.checks.source import Source
from engine.errors import MasarError
from engine.findings import Finding
from engine.scenarios import run_scenarios
from engine.scenarios.cast import CAST_FILE, is_cast, read_cast
from engine.scenarios.story import read_story
from engine.text import Text

SHAPE = Text("ليس الملف مكتوباً كما تُكتب القصص.", "The file is not written the way stories are.")
MEND = Text("اكتبه كما في الملفات الجاهزة.", "Write it like the files that are shipped.")


def check_story(source: Source) -> list[Finding]:
    """Whether a file holds a story (or the cast of all stories) at all."""
    try:
        _read(source)
    except MasarError as error:
        return [Finding(source.file, "", "not-a-story", "error", error.text, MEND)]
    except (AttributeError, TypeError, ValueError):  # a list where a mapping belongs, and the like
        return [Finding(source.file, "", "not-a-story", "error", SHAPE, MEND)]
    return []


def check_stories(processes: Path) -> list[Finding]:
    """Plays every story of a folder of processes, with the forms beside it if it has some."""
    return run_scenarios(processes)


def _read(source: Source) -> None:
    if not is_cast(source.path):
        read_story(source.data)
        return
    shared = source.path.with_name(CAST_FILE)  # a cast_*.yaml leans on it, and on nothing else
    leaning = source.path.name != CAST_FILE and shared.is_file()
    read_cast(source.data, read_cast(shared.read_bytes()) if leaning else None)

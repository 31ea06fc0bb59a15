"""Acceptance stories: who does what with which answers, how long they wait, what must be open then.

Analysts write them in processes/scenarios/*.yaml (docs/scenarios.md). They are played in memory on the definitions
as they lie in the folders: real diagrams, decisions and forms, no database, a clock that only the story moves.
"""

from pathlib import Path

from engine.definitions import Definitions, load_definitions, sources_in
from engine.errors import MasarError
from engine.findings import Finding
from engine.scenarios.cast import Cast, cast_in, is_cast
from engine.scenarios.coverage import Coverage, Place, coverage_of
from engine.scenarios.play import Player
from engine.scenarios.story import Failed, Story, read_story
from engine.text import Text

__all__ = ["Coverage", "Stage", "Story", "cover", "run_scenario", "run_scenarios", "stories_in"]

RULE = "scenario"
MEND = Text(
    "صحّح القصة أو المخطط أو القرار أو النموذج، أيها خالف المقصود.",
    "Mend the story, the diagram, the decision or the form, whichever does not say what is meant.",
)

MISWRITTEN = (TypeError, ValueError, AttributeError, KeyError)
"""What reading a statement of the wrong shape ends in: a story is outside input."""
NOT_A_STEP = Text("لم تُكتب الخطوة كما يجب.", "The step is not written as it should be.")


class Stage:
    """Everything that stories need, read once: the definitions, the people and the filled forms."""

    def __init__(self, processes: Path, forms: Path) -> None:
        self.definitions: Definitions = load_definitions(sources_in(processes, forms))
        self.folder = processes / "scenarios"
        self.cast: Cast = cast_in(self.folder)
        self.passed: set[Place] = set()
        """What the stories played on it have passed so far."""


def stories_in(processes: Path) -> list[Path]:
    """The story files of a folder of processes, in order."""
    return [path for path in sorted((processes / "scenarios").glob("*.yaml")) if not is_cast(path)]


def run_scenario(stage: Stage, file: Path) -> Finding | None:
    """Plays one story to its end; the finding tells where it went another way, and what was there instead."""
    step = ""
    try:
        story = read_story(file.read_bytes())
        player = Player(stage.definitions, stage.cast, story)
        for number, act in player.acts():
            step = number
            act()
        stage.passed |= player.house.passed
    except Failed as failed:
        return Finding(str(file), failed.element or step, RULE, "error", _at(step, failed.text), MEND)
    except MasarError as error:
        return Finding(str(file), step, RULE, "error", _at(step, error.text), MEND)
    except MISWRITTEN:
        return Finding(str(file), step, RULE, "error", _at(step, NOT_A_STEP), MEND)
    return None


def run_scenarios(processes: Path, forms: Path | None = None) -> list[Finding]:
    """Plays all stories of a folder of processes; `forms` is the folder beside it unless given."""
    files = stories_in(processes)
    if not files:
        return []
    try:
        stage = Stage(processes, forms or processes.parent / "forms")
    except MasarError as error:
        return [Finding(str(processes), "", RULE, "error", error.text, MEND)]
    found = (run_scenario(stage, file) for file in files)
    return [finding for finding in found if finding is not None]


def cover(processes: Path, forms: Path | None = None) -> list[Coverage]:
    """How far the stories that play to their end go through each diagram of a folder. Raises MasarError."""
    stage = Stage(processes, forms or processes.parent / "forms")
    for file in stories_in(processes):
        run_scenario(stage, file)
    return coverage_of(stage.definitions.bpmn, frozenset(stage.passed))


def _at(step: str, text: Text) -> Text:
    return Text(f"الخطوة {step}: {text.ar}", f"Step {step}: {text.en}") if step else text

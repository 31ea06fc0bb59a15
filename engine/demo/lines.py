"""The lines of processes/demo/cases.yaml, and what is said of one that does not fit what was published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import MasarError
from engine.scenarios.story import Step
from engine.text import Text


@dataclass(frozen=True)
class DemoCase:
    """A line of processes/demo/cases.yaml."""

    story: str
    until: str
    days_ago: float
    child: tuple[str, str, str]
    house: str
    nth: int = 1
    aside: Mapping[str, Any] | None = None
    """A step that somebody does beside the story as soon as it is open."""


class Misfit(MasarError):
    """A case of the demo does not fit what was published: which story, at which step, in which form, why."""

    def __init__(self, line: DemoCase, step: Step, form: str, why: str, why_en: str) -> None:
        where = f"{line.story}.yaml: {step.number} ({step.kind}: {step.said.get(step.kind)})"
        super().__init__(Text(
            f"حالة من التجربة لا تناسب ما نُشر. القصة {where}، النموذج {form or '—'}: {why}",
            f"A case of the demo does not fit what was published. Story {where}, form {form or '—'}: {why_en}"))

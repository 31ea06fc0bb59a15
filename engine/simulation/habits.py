"""How people behave in simulated years, from processes/demo/simulation.yaml: with which filled forms of the stories
they answer, how late they are, and which messages they record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from engine.errors import MasarError
from engine.safeyaml import parse_yaml
from engine.text import Text

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Sending:
    """A message that people record by hand: how likely while it is offered, how soon, with which filled forms."""

    chance: float
    within: timedelta
    filled: Weights = field(default_factory=dict)


@dataclass(frozen=True)
class Habits:
    """All habits. `forms` and `elements` weigh filled forms by form and by element (the element comes first); a filled
    form that no weight names is used as often as `others` says."""

    forms: Mapping[str, Weights]
    elements: Mapping[str, Weights]
    others: float
    sends: Mapping[str, Sending]
    late: float
    forgotten: float
    first_names: Sequence[str]
    family_names: Sequence[str]
    managers_for: int

    def weights(self, form: str, element: str) -> Weights:
        """How often which filled form is used for a form at an element."""
        return self.elements.get(element) or self.forms.get(form) or {}

    def delay(self, random: Random, allowed: timedelta | None) -> timedelta:
        """How long somebody takes for work that is allowed this long."""
        if allowed is None or allowed <= timedelta():
            return timedelta(hours=random.uniform(0.5, 30))
        share = random.uniform(1.02, 1.6) if random.random() < self.late else random.betavariate(2, 3)
        return allowed * share


def read_habits(file: Path) -> Habits:
    """Reads the file. Raises MasarError where it does not say what it should."""
    said: Any = parse_yaml(file.read_bytes())
    try:
        return Habits(
            forms=_weights(said["forms"]), elements=_weights(said["elements"]), others=float(said["others"]),
            sends={name: _sending(one) for name, one in said["sends"].items()},
            late=float(said["late"]), forgotten=float(said["forgotten"]),
            first_names=tuple(map(str, said["first_names"])), family_names=tuple(map(str, said["family_names"])),
            managers_for=int(said["managers_for"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise MasarError(Text(f"ملف {file.name} لا يُفهم: {error}", f"{file.name} makes no sense: {error}")) from error


def _weights(said: Mapping[str, Any]) -> dict[str, Weights]:
    return {name: {str(filled): float(weight) for filled, weight in one.items()} for name, one in said.items()}


def _sending(said: Mapping[str, Any]) -> Sending:
    weights = {str(name): float(weight) for name, weight in (said.get("filled") or {}).items()}
    return Sending(float(said["chance"]), timedelta(days=float(said["within_days"])), weights)

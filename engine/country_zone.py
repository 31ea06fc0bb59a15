"""In which time zone a country lives, read from its calendar and nothing else: settings are read at every start."""

from pathlib import Path
from typing import Any

from engine.errors import MasarError
from engine.safeyaml import parse_yaml

CALENDAR = Path("lists") / "calendar.yaml"


def zone_of(processes: Path, forms: Path, country: str) -> str | None:
    """The zone of the shipped calendar of a country; None where there is none, which publishing tells better."""
    said: dict[str, Any] = {}
    folders = [forms, *([processes / "countries" / country / "forms"] if country.isalnum() else [])]
    try:
        for file in (folder / CALENDAR for folder in folders):
            found = parse_yaml(file.read_bytes()) if file.is_file() else {}
            said |= found if isinstance(found, dict) else {}
        own = said.get("calendars", {}).get(said.get("country"), {})
        return str(said.get("timezone") or own["timezone"])
    except (MasarError, OSError, AttributeError, KeyError, TypeError):
        return None

"""Small forms and lists for the tests of forms."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.feel import Env
from engine.forms import Form, Option, load_form, load_lists
from engine.text import Text

HOME = Path(__file__).parents[3] / "forms"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Damascus"))
ENV = Env(now=NOW)
LISTS = load_lists(HOME / "lists").with_dynamic(
    {
        "users.case_manager": (Option("salma", Text("سلمى", "Salma")),),
        "users.case_supervisor": (Option("omar", Text("عمر", "Omar")),),
    }
)


def shipped(key: str) -> Form:
    """A form of the shipped content."""
    return load_form((HOME / f"{key}.form").read_bytes())


def part(type_: str, key: str, properties: Mapping[str, str] | None = None, **more: object) -> dict[str, object]:
    """One component, with the words and class that every field needs."""
    named = {"label_en": key, "sensitivity": "ordinary", **(properties or {})}
    return {"type": type_, "id": f"id_{key}", "key": key, "label": f"«{key}»", "properties": named, **more}


def form_of(*components: Mapping[str, object]) -> Form:
    """A form of these components."""
    return load_form(source_of(*components))


def source_of(*components: object) -> bytes:
    """Its JSON; what stands for a component need not be one."""
    return json.dumps({"id": "sample", "type": "default", "schemaVersion": 19, "components": components}).encode()

"""JSON in and out of the commands that evaluate: numbers stay exact, dates come out as ISO texts."""

import json
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from engine.countries import country_sources
from engine.definitions import Source, load_definitions
from engine.errors import MasarError
from engine.feel import Env, Range
from engine.feel.render import number_text, render
from engine.queries.surroundings import SURROUNDINGS, published_surroundings
from engine.settings import Settings, load_settings
from engine.store.database import Database
from engine.text import Text

_SHIPPED = Text("يُحسب بما يأتي مع النظام.", "What is shipped is used instead.")


def environment() -> Env:
    """What the installation's own expressions know: the present, its calendar and zone, and its country. Without an
    installation, or while its database does not answer, that is the shipped content."""
    settings = load_settings()
    shipped = settings.processes, settings.forms, settings.country
    sources = _published(settings) or [one for one in country_sources(*shipped) if one.kind in SURROUNDINGS]
    env = load_definitions(sources).env(datetime.now(UTC))
    return replace(env, now=datetime.now(UTC).astimezone(env.zone))


def _published(settings: Settings) -> list[Source]:
    if settings.is_sqlite and not Path(settings.database_url.removeprefix("sqlite:///")).exists():
        return []
    try:
        with closing(Database(settings.database_url, pool_size=1)) as db, db.read() as conn:
            return published_surroundings(conn)
    except MasarError as error:
        click.echo(f"{error.text.ar} {_SHIPPED.ar}\n{error.text.in_('en')} {_SHIPPED.en}", err=True)
        return []


def read_context(source: str | None) -> dict[str, Any]:
    """The variables of a JSON file ("-": standard input); none without a file."""
    if source is None:
        return {}
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
        context = json.loads(text, parse_float=Decimal)
    except (OSError, ValueError, RecursionError) as error:
        raise MasarError(Text("تعذرت قراءة المتغيرات: يلزم ملف JSON سليم.",
                              "The variables cannot be read: give a file of valid JSON.")) from error
    if not isinstance(context, dict):
        raise MasarError(Text("يجب أن تكون المتغيرات كائن JSON.", "The variables must be a JSON object."))
    return context


def as_json(value: Any) -> str:
    """One JSON value on one line. Numbers are written with all their digits; what JSON lacks becomes FEEL text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {as_json(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(as_json, value)) + "]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, Range):
        return as_json({"start": value.start, "end": value.end, "start included": value.start_included,
                        "end included": value.end_included})
    return _text(render(value))


def _text(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False).encode("utf-8", "replace").decode()


def fail(text: Text) -> click.exceptions.Exit:
    """Tell what is wrong, in both languages, on standard error; the exception to raise ends with code 1."""
    click.echo(f"{text.ar}\n{text.en}", err=True)
    return click.exceptions.Exit(1)

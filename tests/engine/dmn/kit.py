"""The plug for the public compatibility kit: `run.py --adapter tests.engine.dmn.kit:evaluate`, from the root."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from engine.dmn import Model, load
from engine.feel import Env, YearsMonths

YEARS_MONTHS_OR_BOTH = 2


@lru_cache(256)
def model_at(path: str) -> Model:
    """A model of the kit; its deliberate mistakes count as null."""
    return load(path, strict=False)


def evaluate(path: str, decision: str, inputs: Mapping[str, Any]) -> Any:
    """The value of a decision, in the kit's terms."""
    return given(model_at(path).evaluate(decision, taken(inputs), Env(now=datetime.now(UTC))))


def service(path: str, name: str, inputs: Mapping[str, Any]) -> Any:
    """The value of a decision service, in the kit's terms."""
    return given(model_at(path).evaluate_service(name, taken(inputs), Env(now=datetime.now(UTC))))


def taken(value: Any) -> Any:
    """A value of the kit as ours: its durations are pairs of months and seconds."""
    if isinstance(value, Mapping):
        return {key: taken(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [taken(member) for member in value]
    if isinstance(value, tuple) and len(value) == YEARS_MONTHS_OR_BOTH:
        months, seconds = value
        return YearsMonths(months) if months else _days(seconds)
    return value


def _days(seconds: Any) -> Any:
    return timedelta(microseconds=int(seconds * 1_000_000))


def given(value: Any) -> Any:
    """Our value as the kit compares it."""
    if isinstance(value, dict):
        return {key: given(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [given(member) for member in value]
    return (value.months, 0) if isinstance(value, YearsMonths) else value


evaluate.service = service  # type: ignore[attr-defined]  # the kit asks this of its plug

"""YAML from outside: only plain data, of bounded size and depth, with hardly any aliases (which multiply)."""

import re
from typing import Any

import yaml

from engine.errors import MasarError
from engine.text import Text

MAX_BYTES = 2_000_000
MAX_EVENTS = 200_000
MAX_DEPTH = 40
MAX_ALIASES = 20
MAX_BRACKETS = 400

_BRACKETS = re.compile(r"[\[\]{}]")
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnsafeYaml(MasarError):
    """A text that is not plain YAML."""


def parse_yaml(source: bytes) -> object:
    """The data in a YAML text. Raises UnsafeYaml."""
    if len(source) > MAX_BYTES:
        raise UnsafeYaml(Text("ملف YAML أكبر من 2 ميغابايت.", "The YAML file is larger than 2 MB."))
    try:
        text = source.decode("utf-8-sig")
        _bound(text)
        return yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnsafeYaml(
            Text(f"ليس YAML سليماً (السطر {line}).", f"Not well-formed YAML (line {line}).")
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, OverflowError) as error:
        raise UnsafeYaml(Text("ليس YAML سليماً بترميز UTF-8.", "Not well-formed YAML in UTF-8.")) from error


def _bound(text: str) -> None:
    depth = 0
    for bracket in _BRACKETS.finditer(text):  # before the parser, which gets slow on these
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MAX_BRACKETS:
            raise _too_deep()
    aliases, around = 0, list[str | None]()
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if isinstance(event, _OPENING):
            around.append(event.anchor)
        elif isinstance(event, _CLOSING):
            around.pop()
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases > MAX_ALIASES:
                raise UnsafeYaml(Text("في الملف إحالات (*) كثيرة.", "The file holds too many aliases (*)."))
            if event.anchor in around:
                raise UnsafeYaml(Text("في الملف إحالة (*) إلى ما يحويها.", "An alias (*) refers to what holds it."))
        if len(around) > MAX_DEPTH or count > MAX_EVENTS:
            raise _too_deep()


def _too_deep() -> UnsafeYaml:
    return UnsafeYaml(
        Text("ملف YAML متداخل أو كبير أكثر مما يُقبل.", "The YAML nests or grows beyond the bound.")
    )

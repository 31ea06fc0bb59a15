"""Regular expressions as XPath writes them, run with a timeout."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import regex

from engine.feel.builtins.patterns import MAX_PATTERN, NoPattern, translated
from engine.feel.errors import too_large, too_many_steps
from engine.feel.limits import CHECK_EVERY, MAX_TEXT, REGEX_SECONDS, Run
from engine.feel.values import Value

_FLAGS = {"i": regex.IGNORECASE, "m": regex.MULTILINE, "s": regex.DOTALL}
_GROUP = regex.compile(r"\\(?P<escaped>[\\$])|\$(?P<group>\d)|(?P<wrong>[\\$])")
Pattern = Any
Match = Any
Result = TypeVar("Result")


@lru_cache(512)
def _compiled(pattern: str, flags: str) -> Pattern | None:
    if len(pattern) > MAX_PATTERN or not set(flags) <= set("smixq"):
        return None
    bits = regex.V1
    for flag in flags:
        bits |= _FLAGS.get(flag, 0)
    try:
        return regex.compile(regex.escape(pattern) if "q" in flags else translated(pattern, flags), bits)
    except (regex.error, NoPattern, OverflowError, RecursionError, KeyError, IndexError):
        return None


def _timed(run: Run, work: Callable[[], Result]) -> Result:
    run.spend(CHECK_EVERY)
    try:
        return work()
    except TimeoutError:
        raise too_many_steps() from None


def found(run: Run, text: str, pattern: str, flags: str) -> Value:
    """Whether the pattern occurs in the text; null for a pattern that is none."""
    compiled = _compiled(pattern, flags)
    if compiled is None:
        return None
    return _timed(run, lambda: compiled.search(text, timeout=REGEX_SECONDS)) is not None


def split_at(run: Run, text: str, pattern: str) -> Value:
    """The parts of a text between the matches of a pattern."""
    compiled = _compiled(pattern, "")
    if compiled is None or compiled.groups or compiled.fullmatch(""):
        return None
    return _timed(run, lambda: compiled.split(text, timeout=REGEX_SECONDS))


def replaced(run: Run, text: str, pattern: str, replacement: str, flags: str) -> Value:
    """The text with each match replaced; $1 stands for the first group, \\$ for a dollar."""
    compiled = _compiled(pattern, flags)
    if compiled is None:
        return None
    pieces = [("text", replacement)] if "q" in flags else _pieces(replacement)
    if pieces is None:
        return None
    size = 0

    def one(match: Match) -> str:
        nonlocal size
        made = "".join(_filled(match, kind, piece) for kind, piece in pieces)
        size += len(made)
        if size > MAX_TEXT:
            raise too_large()
        return made

    return _timed(run, lambda: compiled.sub(one, text, timeout=REGEX_SECONDS))


def _filled(match: Match, kind: str, piece: str) -> str:
    if kind == "text":
        return piece
    number = int(piece)
    return (match[number] or "") if number <= match.re.groups else ""


def _pieces(replacement: str) -> list[tuple[str, str]] | None:
    pieces: list[tuple[str, str]] = []
    at = 0
    for match in _GROUP.finditer(replacement):
        if match["wrong"]:
            return None
        pieces.append(("text", replacement[at:match.start()]))
        pieces.append(("group", match["group"]) if match["group"] else ("text", match["escaped"]))
        at = match.end()
    return [*pieces, ("text", replacement[at:])]

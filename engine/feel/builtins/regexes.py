"""Regular expressions as XPath writes them. Nobody can count what one of them does, so all those of an evaluation
share a bound of processor time; what can be counted (that it is there, its length, that of the text) costs steps."""

from collections.abc import Callable
from functools import lru_cache
from time import process_time
from typing import Any, TypeVar

import regex

from engine.feel.builtins.patterns import MAX_PATTERN, NoPattern, translated
from engine.feel.errors import too_large, too_many_steps
from engine.feel.limits import MAX_TEXT, Run, bounded_text
from engine.feel.values import Value

_FLAGS = {"i": regex.IGNORECASE, "m": regex.MULTILINE, "s": regex.DOTALL}
_GROUP = regex.compile(r"\\(?P<escaped>[\\$])|\$(?P<group>\d{1,3})|(?P<wrong>[\\$])")
MAX_FLAGS = 10
SEARCH, LETTER = 20, 30
"""Steps of a search, and of a letter of a pattern that is used for the first time."""
LEAST = 0.001
Pattern = Any
Match = Any
Result = TypeVar("Result")


@lru_cache(512)
def _compiled(pattern: str, flags: str) -> Pattern | None:
    if len(pattern) > MAX_PATTERN or len(flags) > MAX_FLAGS or not set(flags) <= set("smixq"):
        return None
    bits = regex.V1
    for flag in flags:
        bits |= _FLAGS.get(flag, 0)
    try:
        return regex.compile(regex.escape(pattern) if "q" in flags else translated(pattern, flags), bits)
    except (regex.error, NoPattern, OverflowError, RecursionError, KeyError, IndexError):
        return None


def _paid(run: Run, pattern: str, flags: str) -> Pattern | None:
    """The compiled pattern. The first time in an evaluation it costs what compiling costs."""
    run.spend(SEARCH)
    if pattern not in run.patterns:
        run.spend(LETTER * min(len(pattern), MAX_PATTERN))
        run.patterns.add(pattern)
    return _compiled(pattern, flags)


def _timed(run: Run, text: str, work: Callable[[float], Result]) -> Result:
    """What a search gives that may take so many seconds; the library counts processor time, as we do."""
    run.spend(len(text) >> 4)
    began = process_time()
    try:
        return work(max(run.regex_seconds, LEAST))
    except TimeoutError:
        raise too_many_steps() from None
    finally:
        used = process_time() - began
        run.regex_seconds -= used
        if run.env.purse is not None:
            run.env.purse.regex_seconds -= used


def found(run: Run, text: str, pattern: str, flags: str) -> Value:
    """Whether the pattern occurs in the text; null for a pattern that is none."""
    compiled = _paid(run, pattern, flags)
    if compiled is None:
        return None
    return _timed(run, text, lambda seconds: compiled.search(text, timeout=seconds)) is not None


def split_at(run: Run, text: str, pattern: str) -> Value:
    """The parts of a text between the matches of a pattern."""
    compiled = _paid(run, pattern, "")
    if compiled is None or _matches_nothing(run, compiled):
        return None
    parts: list[Value] = _timed(run, text, lambda seconds: compiled.split(text, timeout=seconds))
    run.spend_for(parts, 1)
    return parts[::1 + compiled.groups]


def _matches_nothing(run: Run, compiled: Pattern) -> bool:
    """Whether a pattern matches the empty text, so that there is no end of its matches: XPath calls it an error."""
    return _timed(run, "", lambda seconds: compiled.fullmatch("", timeout=seconds)) is not None


def replaced(run: Run, text: str, pattern: str, replacement: str, flags: str) -> Value:
    """The text with each match replaced; $1 stands for the first group, \\$ for a dollar."""
    compiled = _paid(run, pattern, flags)
    if compiled is None or _matches_nothing(run, compiled):
        return None
    pieces = [("text", replacement)] if "q" in flags else _pieces(replacement)
    if pieces is None:
        return None
    size = 0

    def one(match: Match) -> str:
        nonlocal size
        run.spend(1 + len(pieces))
        made = "".join(_filled(match, kind, piece) for kind, piece in pieces)
        size += len(made)
        if size > MAX_TEXT:
            raise too_large()
        return made

    return bounded_text(_timed(run, text, lambda seconds: compiled.sub(one, text, timeout=seconds)))


def _filled(match: Match, kind: str, piece: str) -> str:
    """A group is as many digits as name one; the others are digits of the text."""
    if kind == "text":
        return piece
    digits = 1
    while digits < len(piece) and int(piece[:digits + 1]) <= match.re.groups:
        digits += 1
    number = int(piece[:digits])
    return ((match[number] or "") if number <= match.re.groups else "") + piece[digits:]


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

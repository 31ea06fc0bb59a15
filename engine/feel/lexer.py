"""Text to tokens. Names are taken word by word; the parser joins the words of longer names."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

from engine.feel.errors import FeelSyntaxError
from engine.feel.limits import MAX_SOURCE
from engine.text import Text


class Token(NamedTuple):
    """A piece of the text: kind is name, number, string, op or end; `start` and `stop` are offsets."""

    kind: str
    text: str
    start: int
    stop: int


KEYWORDS = frozenset({
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between",
    "instance", "of", "true", "false", "null", "function", "external",
})
_TOKEN = regex.compile(
    r"""(?P<space>[\s\u0085\u200E\u200F\uFEFF]+|//[^\n]*|/\*.*?\*/)
    |(?P<number>\d+(?:\.(?!\.)\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<op>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{},.:?@'])
    |(?P<name>[\p{L}\p{Nl}_\p{So}\p{Sk}][\p{L}\p{M}\p{N}_\p{So}\p{Sk}\u200C\u200D]*)""",
    regex.VERBOSE | regex.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r"}


def error_at(source: str, offset: int, text: Text) -> FeelSyntaxError:
    """A syntax error with the line and column of the offset."""
    before = source[:offset]
    return FeelSyntaxError(text, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def normalised(source: str) -> str:
    """The text in the one form in which names are compared (NFC)."""
    return unicodedata.normalize("NFC", source)


def tokens(source: str) -> list[Token]:
    """All tokens of a normalised text, with an end token; FeelSyntaxError where something is no token."""
    if len(source) > MAX_SOURCE:
        raise FeelSyntaxError(Text("التعبير أطول من المسموح.", "The expression is too long."))
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise error_at(source, at, _strange(source[at]))
        if match.lastgroup and match.lastgroup != "space":
            found.append(Token(match.lastgroup, match.group(), at, match.end()))
        at = match.end()
    found.append(Token("end", "", at, at))
    return found


def _strange(character: str) -> Text:
    if character == '"':
        return Text("نص لم تُغلق علامة تنصيصه.", "This text has no closing quotation mark.")
    return Text(f"رمز غير متوقع «{character}».", f"Unexpected character {character!r}.")


@lru_cache(4096)
def words(name: str) -> tuple[str, ...]:
    """The token texts of a name as it would stand in an expression; () if it cannot stand there."""
    try:
        return tuple(token.text for token in tokens(normalised(name))[:-1])
    except FeelSyntaxError:
        return ()


def text_of(literal: str) -> str:
    """The text that a string literal stands for. Half a surrogate pair becomes a replacement character."""
    raw = _ESCAPE.sub(_unescape, literal[1:-1])
    return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) == 1:
        return _LETTERS.get(code, code if code in "\"'\\" else match[0])
    point = int(code[1:], 16)
    return chr(point) if point <= 0x10FFFF else "\ufffd"

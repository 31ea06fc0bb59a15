"""The tokens of one expression as the parser walks through them, and the names it knows on the way."""

from collections.abc import Iterable
from collections.abc import Iterator as Walk
from contextlib import contextmanager

from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import KEYWORDS, Token, error_at, normalised, tokens, words
from engine.feel.limits import MAX_NESTING
from engine.text import Text

PROPERTIES = ("time offset", "start included", "end included")


class Names:
    """Known names of several words, found by their first word, longest first."""

    def __init__(self, names: Iterable[str], before: "Names | None" = None) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        if before:
            self._by_first = {first: list(known) for first, known in before._by_first.items()}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more name; names of a single word need no knowing."""
        parts = words(name)
        if len(parts) < 2:
            return
        known = self._by_first.setdefault(parts[0], [])
        if (parts, name) not in known:
            known.append((parts, name))
            known.sort(key=lambda entry: -len(entry[0]))

    def starting_with(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        """The names that begin with a word, as (words, name)."""
        return self._by_first.get(word, [])


class Stream:
    """A position in the tokens of an expression."""

    def __init__(self, source: str, names: Names) -> None:
        self.source = normalised(source)
        self.tokens = tokens(self.source)
        self.at = 0
        self.names = names
        self.bound: list[str] = []
        self._nesting = 0

    @property
    def now(self) -> Token:
        """The token in front."""
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Token:
        """The token `count` places after the one in front (the end token for ever after)."""
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The token in front, stepping over it."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def is_op(self, *ops: str) -> bool:
        """Whether one of these symbols stands in front."""
        token = self.tokens[self.at]
        return token.kind == "op" and token.text in ops

    def is_word(self, *names: str) -> bool:
        """Whether one of these words stands in front."""
        token = self.tokens[self.at]
        return token.kind == "name" and token.text in names

    def skip(self, text: str) -> bool:
        """Step over a symbol or word if it stands in front."""
        token = self.tokens[self.at]
        if token.text == text and token.kind in ("op", "name"):
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        """Step over a symbol or word that must stand here."""
        token = self.now
        if not self.skip(text):
            raise self.error(Text(f"توقعنا «{text}» {_before(token)[0]}.", f"Expected {text!r} {_before(token)[1]}."))
        return token

    def error(self, text: Text, token: Token | None = None) -> FeelSyntaxError:
        """A syntax error at a token (the one in front)."""
        return error_at(self.source, (token or self.now).start, text)

    def unexpected(self) -> FeelSyntaxError:
        """The error for a token that cannot stand here."""
        token = self.now
        if token.kind == "end":
            return self.error(Text("انتهى التعبير قبل أن يكتمل.", "The expression ends too early."))
        return self.error(Text(f"«{token.text}» في غير موضعه.", f"{token.text!r} cannot stand here."))

    def finish(self) -> None:
        """Nothing may be left."""
        if self.now.kind != "end":
            raise self.unexpected()

    @contextmanager
    def nested(self) -> Walk[None]:
        """One level of brackets deeper."""
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise self.error(Text("أقواس متداخلة بعمق زائد.", "Brackets are nested too deeply."))
        try:
            yield
        finally:
            self._nesting -= 1

    @contextmanager
    def binding(self, *names: str) -> Walk[None]:
        """Names that the expression itself binds, while the block is read."""
        before = len(self.bound)
        self.bind(*names)
        try:
            yield
        finally:
            del self.bound[before:]

    def bind(self, *names: str) -> None:
        """Bind names until the surrounding `binding` ends."""
        for name in names:
            self.names.add(name)
            self.bound.append(name)

    def name(self, keywords: bool = False) -> str:
        """Step over a name: a known one of several words, or else all plain words that follow each other."""
        token = self.now
        if token.kind != "name" or (token.text in KEYWORDS and not keywords):
            raise self.unexpected()
        known = self._known()
        run = self._run()
        if known and known[0] >= run:
            self.at += known[0]
            return known[1]
        self.at += max(run, 1)
        return " ".join(part.text for part in self.tokens[self.at - max(run, 1):self.at])

    def _known(self) -> tuple[int, str] | None:
        for parts, name in self.names.starting_with(self.now.text):
            called = name not in KEYWORD_NAMES or self.ahead(len(parts)).text == "("
            if called and all(self.ahead(i).text == part for i, part in enumerate(parts)):
                return len(parts), name
        return None

    def _run(self) -> int:
        count = 0
        while True:
            token = self.ahead(count)
            number = token.kind == "number" and count and token.text.isdigit()
            if not (number or (token.kind == "name" and token.text not in KEYWORDS)):
                return count
            count += 1


KEYWORD_NAMES = frozenset({"date and time", "years and months duration", "days and time duration"})
"""Built-in functions that read like a condition: `date and time(…)` is one only before a bracket."""


def _before(token: Token) -> tuple[str, str]:
    if token.kind == "end":
        return "في نهاية التعبير", "at the end of the expression"
    return f"قبل «{token.text}»", f"before {token.text!r}"

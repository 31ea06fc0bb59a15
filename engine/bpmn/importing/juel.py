"""Expressions of the older engines, `${…}` and `#{…}`, in FEEL. What calls code, or could mean two things, is left."""

import re
from collections.abc import Callable

from engine.bpmn.importing import meaning
from engine.bpmn.importing.meaning import Said, Untranslatable, quoted
from engine.feel import FeelSyntaxError, compile

__all__ = ["quoted", "translated"]

_HOLE = re.compile(r"[$#]\{([^{}]*)\}")
_TOKEN = re.compile(r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?) | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*") | (?P<name>[^\W\d]\w*) |
    (?P<sign>==|!=|<=|>=|&&|\|\||[-+*/<>!?:().,]))""", re.VERBOSE)
ORDERED = {"lt": "<", "gt": ">", "le": "<=", "ge": ">=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
EQUAL = {"eq": meaning.equal, "==": meaning.equal, "ne": meaning.unequal, "!=": meaning.unequal}
COMPARED = frozenset({*ORDERED, *EQUAL})
NAMES = {
    "nrOfInstances": meaning.INSTANCES, "nrOfCompletedInstances": "numberOfCompletedInstances",
    "nrOfActiveInstances": "numberOfActiveInstances", "loopCounter": "(loopCounter - 1)",
}
"""What a repeated activity knows of itself: numbers. Theirs counts from 0, ours from 1."""
WRITTEN = {
    "true": Said("true", "truth", meaning.PRIMARY, True), "false": Said("false", "truth", meaning.PRIMARY, False),
    "null": Said("null", "null"),
}
HOLDERS = frozenset({"execution", "task", "delegateExecution"})
CALLED = re.compile(r"\b(string|number|count)\(")
"""Functions that a translation calls; a variable of that name would hide them."""
LONGEST = 2_000


def translated(text: str, asks: bool = False) -> str | None:
    """The same in FEEL behind "=", None where that cannot be said. Text around holes is joined to them. `asks`: it is
    a condition, for which null is as good as false."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    try:
        whole = _HOLE.fullmatch(text)
        if whole:
            said = _Reader(whole.group(1)).read()
            feel = (meaning.truth(said) if asks else meaning.sure(said)).feel
        else:
            feel = _joined(text, asks)
        compile(feel)
    except (Untranslatable, FeelSyntaxError, RecursionError):
        return None
    return f"={feel}"


def _joined(text: str, asks: bool) -> str:
    if asks:
        raise Untranslatable
    parts: list[str] = []
    at = 0
    for hole in _HOLE.finditer(text):
        if text[at:hole.start()]:
            parts.append(quoted(text[at:hole.start()]))
        parts.append(meaning.written_out(_Reader(hole.group(1)).read()).within(meaning.PRODUCT))
        at = hole.end()
    if text[at:]:
        parts.append(quoted(text[at:]))
    if any("${" in part or "#{" in part for part in parts):
        raise Untranslatable
    return " + ".join(parts)


class _Reader:
    """Reads one expression and says it in FEEL on the way."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise Untranslatable
            self.tokens.append((found.lastgroup, found.group(found.lastgroup)))
            at = found.end()
        self.at = 0

    def read(self) -> Said:
        """All of it."""
        said = self.choice()
        names = {text for kind, text in self.tokens if kind == "name"}
        if self.at != len(self.tokens) or names & set(CALLED.findall(said.feel)):
            raise Untranslatable
        return said

    def peek(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return "" if kind == "text" else text

    def next(self, *wanted: str) -> str | None:
        """The next token if it is one of these."""
        if self.peek() and self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def must(self, wanted: str) -> None:
        if self.next(wanted) is None:
            raise Untranslatable

    def choice(self) -> Said:
        condition = self.disjunction()
        if self.next("?") is None:
            return condition
        yes = self.choice()
        self.must(":")
        return meaning.chosen(condition, yes, self.choice())

    def chain(self, inner: Callable[[], Said], words: dict[str, str], made: Callable[[str, Said, Said], Said]) -> Said:
        said = inner()
        while (word := self.next(*words)) is not None:
            said = made(words[word], said, inner())
        return said

    def disjunction(self) -> Said:
        return self.chain(self.conjunction, {"||": "or", "or": "or"}, meaning.joined)

    def conjunction(self) -> Said:
        return self.chain(self.comparison, {"&&": "and", "and": "and"}, meaning.joined)

    def comparison(self) -> Said:
        left = self.sum()
        word = self.next(*COMPARED)
        if word is None:
            return left
        right = self.sum()
        if self.peek() in COMPARED:
            raise Untranslatable
        return EQUAL[word](left, right) if word in EQUAL else meaning.ordered(ORDERED[word], left, right)

    def sum(self) -> Said:
        return self.chain(self.product, {"+": "+", "-": "-"}, meaning.counted)

    def product(self) -> Said:
        return self.chain(self.unary, {"*": "*", "/": "/", "div": "/"}, meaning.counted)

    def unary(self) -> Said:
        if self.next("!", "not") is not None:
            return meaning.negated(self.unary())
        if self.next("-") is not None:
            return meaning.opposite(self.unary())
        if self.next("empty") is not None:
            return meaning.empty(self.unary())
        return self.primary()

    def primary(self) -> Said:
        if self.next("(") is not None:
            said = self.choice()
            self.must(")")
            return said
        if self.at >= len(self.tokens):
            raise Untranslatable
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return meaning.number_of(text)
        if kind == "text":
            return meaning.text_of(re.sub(r"\\(.)", r"\1", text[1:-1]))
        if kind != "name" or self.peek() == "(":
            raise Untranslatable
        if text in WRITTEN:
            return WRITTEN[text]
        return Said(NAMES[text], "number") if text in NAMES else self.path(Said(text))

    def path(self, said: Said) -> Said:
        """A name and what follows its dots."""
        while self.next(".") is not None:
            kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
            self.at += 1
            if kind != "name" or said.kind:
                raise Untranslatable
            said = self.method(said, text) if self.next("(") is not None else Said(f"{said.feel}.{text}")
        if said.feel in HOLDERS or said.feel.partition(".")[0] in HOLDERS:
            raise Untranslatable
        return said

    def method(self, of: Said, name: str) -> Said:
        given = None if self.peek() == ")" else self.choice()
        self.must(")")
        if name == "getVariable" and of.feel in HOLDERS:
            if given is None or not isinstance(given.literal, str) or not re.fullmatch(r"[^\W\d]\w*", given.literal):
                raise Untranslatable
            return Said(given.literal)
        return meaning.called(of, name, given)

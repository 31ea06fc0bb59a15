"""Expressions of the older engines, `${…}` and `#{…}`, in FEEL. What calls code, or could mean two things, is left."""

import re
from collections.abc import Callable

from engine.feel import FeelSyntaxError, compile

_HOLE = re.compile(r"[$#]\{([^{}]*)\}")
_TOKEN = re.compile(r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?) | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*") | (?P<name>[^\W\d]\w*) |
    (?P<sign>==|!=|<=|>=|&&|\|\||[-+*/<>!?:().,]))""", re.VERBOSE)
WORDS = {"eq": "=", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "==": "=", "!=": "!=", "<": "<",
         ">": ">", "<=": "<=", ">=": ">="}
NAMES = {
    "nrOfInstances": "numberOfInstances", "nrOfCompletedInstances": "numberOfCompletedInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
}
HOLDERS = frozenset({"execution", "task", "delegateExecution"})
LONGEST = 2_000


class _Untranslatable(Exception):
    """There is no FEEL that surely means the same."""


def translated(text: str) -> str | None:
    """The same in FEEL behind "=", None where that cannot be said. Text around holes is joined to them."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    try:
        whole = _HOLE.fullmatch(text)
        feel = _Reader(whole.group(1)).read() if whole else _joined(text)
        compile(feel)
    except (_Untranslatable, FeelSyntaxError, RecursionError):
        return None
    return f"={feel}"


def _joined(text: str) -> str:
    parts: list[str] = []
    at = 0
    for hole in _HOLE.finditer(text):
        if text[at:hole.start()]:
            parts.append(quoted(text[at:hole.start()]))
        parts.append(f"string({_Reader(hole.group(1)).read()})")
        at = hole.end()
    if text[at:]:
        parts.append(quoted(text[at:]))
    if any("${" in part or "#{" in part for part in parts):
        raise _Untranslatable
    return " + ".join(parts)


def quoted(text: str) -> str:
    """Text as a FEEL literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class _Reader:
    """Reads one expression and writes it in FEEL on the way."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise _Untranslatable
            self.tokens.append((found.lastgroup, found.group(found.lastgroup)))
            at = found.end()
        self.at = 0

    def read(self) -> str:
        """All of it."""
        said = self.choice()
        if self.at != len(self.tokens):
            raise _Untranslatable
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
            raise _Untranslatable

    def choice(self) -> str:
        condition = self.disjunction()
        if self.next("?") is None:
            return condition
        yes = self.choice()
        self.must(":")
        return f"if {condition} then {yes} else {self.choice()}"

    def chain(self, inner: Callable[[], str], words: dict[str, str]) -> str:
        said = inner()
        while (word := self.next(*words)) is not None:
            said = f"{said} {words[word]} {inner()}"
        return said

    def disjunction(self) -> str:
        return self.chain(self.conjunction, {"||": "or", "or": "or"})

    def conjunction(self) -> str:
        return self.chain(self.comparison, {"&&": "and", "and": "and"})

    def comparison(self) -> str:
        left = self.sum()
        word = self.next(*WORDS)
        said = left if word is None else f"{left} {WORDS[word]} {self.sum()}"
        if self.peek() in WORDS:
            raise _Untranslatable
        return said

    def sum(self) -> str:
        return self.chain(self.product, {"+": "+", "-": "-"})

    def product(self) -> str:
        return self.chain(self.unary, {"*": "*", "/": "/", "div": "/"})

    def unary(self) -> str:
        if self.next("!", "not") is not None:
            return f"not({self.unary()})"
        if self.next("-") is not None:
            return f"-{self.unary()}"
        if self.next("empty") is not None:
            said = self.unary()
            return f'({said} = null or {said} = "" or {said} = [])'
        return self.primary()

    def primary(self) -> str:
        if self.next("(") is not None:
            said = self.choice()
            self.must(")")
            return f"({said})"
        if self.at >= len(self.tokens):
            raise _Untranslatable
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return text
        if kind == "text":
            return quoted(re.sub(r"\\(.)", r"\1", text[1:-1]))
        if kind != "name" or self.peek() == "(":
            raise _Untranslatable
        return self.path(NAMES.get(text, text))

    def path(self, said: str) -> str:
        """A name and what follows its dots; of methods only those that surely have a meaning in FEEL."""
        while self.next(".") is not None:
            kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
            self.at += 1
            if kind != "name":
                raise _Untranslatable
            said = self.method(said, text) if self.next("(") is not None else f"{said}.{text}"
        if said in HOLDERS or said.partition(".")[0] in HOLDERS:
            raise _Untranslatable
        return said

    def method(self, of: str, name: str) -> str:
        given = "" if self.peek() == ")" else self.choice()
        self.must(")")
        if name == "getVariable" and of in HOLDERS and re.fullmatch(r'"[^\W\d]\w*"', given):
            return given[1:-1]
        if name == "equals" and given:
            return f"({of} = {given})"
        if name in ("size", "isEmpty") and not given:
            return f"count({of})" if name == "size" else f"(count({of}) = 0)"
        raise _Untranslatable

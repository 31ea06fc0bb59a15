"""Names that are spelled out, as keys, parameters and types are."""

from collections.abc import Callable, Mapping

from engine.feel.lexer import text_of
from engine.feel.stream import KEYWORD_NAMES, Stream
from engine.feel.types import ANY, ContextType, FunctionType, ListType, RangeType, Simple, Type, simple_type

_NAME_SYMBOLS = frozenset("./-'+*")


class TypeNames:
    """The part of the parser that reads names where no expression can stand."""

    stream: Stream
    types: Mapping[str, Type]

    def slice_name(self, begin: int) -> str:
        """The name that the tokens from `begin` to here spell; words are parted by single spaces."""
        if begin == self.stream.at:
            raise self.stream.unexpected()
        start, stop = self.stream.tokens[begin].start, self.stream.tokens[self.stream.at - 1].stop
        return " ".join(self.stream.source[start:stop].split())

    def spelled_name(self) -> str:
        """A name of any words and the symbols that names may hold."""
        begin = self.stream.at
        while self.stream.now.kind in ("name", "number") or self.stream.now.text in _NAME_SYMBOLS:
            self.stream.take()
        return self.slice_name(begin)

    def key(self) -> str:
        """The key of a context entry: a name or a text."""
        if self.stream.now.kind == "string":
            return text_of(self.stream.take().text)
        return self.spelled_name()

    def type(self) -> Type | None:
        """The name of a type; None when nobody defined it."""
        stream = self.stream
        with stream.nested():
            name = self._type_name()
            if name == "list" and stream.skip("<"):
                return self._closed(ListType)
            if name == "range" and stream.skip("<"):
                return self._closed(RangeType)
            if name == "context" and stream.skip("<"):
                return self._context_type()
            if name == "function" and stream.skip("<"):
                return self._function_type()
            return self.types.get(name) or simple_type(name)

    def _type_name(self) -> str:
        for name in KEYWORD_NAMES:
            parts = name.split()
            if all(self.stream.ahead(i).text == part for i, part in enumerate(parts)):
                self.stream.at += len(parts)
                return name
        for word, name in (("null", "Null"), ("function", "function")):
            if self.stream.skip(word):
                return name
        name = self.stream.name(keywords=False)
        while self.stream.skip("."):
            name += "." + self.stream.name()
        return name

    def _closed(self, make: Callable[[Type], Type]) -> Type | None:
        inner = self.type()
        self.stream.expect(">")
        return make(inner) if inner else None

    def _context_type(self) -> Type | None:
        entries: dict[str, Type] = {}
        while not self.stream.is_op(">"):
            key = self.key()
            self.stream.expect(":")
            entries[key] = self.type() or Simple("?")
            if not self.stream.skip(","):
                break
        self.stream.expect(">")
        return ContextType(entries)

    def _function_type(self) -> Type | None:
        parameters: list[Type] = []
        while not self.stream.is_op(">"):
            parameters.append(self.type() or ANY)
            if not self.stream.skip(","):
                break
        self.stream.expect(">")
        self.stream.expect("->")
        return FunctionType(tuple(parameters), self.type() or ANY)

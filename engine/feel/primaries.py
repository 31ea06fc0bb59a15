"""What binds tightest: literals, names, brackets of all kinds, paths, filters, calls, and the names of types."""

from abc import ABC, abstractmethod
from decimal import Decimal

from engine.feel import nodes as n
from engine.feel.decimals import number
from engine.feel.lexer import text_of
from engine.feel.temporal import at_literal
from engine.feel.type_names import TypeNames
from engine.feel.types import Type
from engine.feel.values import Value
from engine.text import Text

CONSTANTS: dict[str, Value] = {"true": True, "false": False, "null": None}
_AFTER_RANGE = frozenset({
    ")", "]", "}", ",", ".", "=", "!=", "<", "<=", ">", ">=", "+", "*", "/", "and", "or", "then", "else", "return",
    "satisfies", "in", "between", "instance",
})
OPENERS = ("<", "<=", ">", ">=", "=", "!=")


class Primaries(TypeNames, ABC):
    """The lower half of the parser; the upper half gives `expression`, `additive` and `check_chain`."""

    ending_range = False
    """Whether the end of a range is being read."""

    @abstractmethod
    def expression(self) -> n.Node:
        """Any expression."""

    @abstractmethod
    def additive(self) -> n.Node:
        """Sums and all that binds tighter."""

    @abstractmethod
    def check_chain(self, count: int) -> None:
        """Refuse chains that are too long."""

    def postfix(self) -> n.Node:
        """A primary with its paths, filters and calls."""
        stream, node, count = self.stream, self._primary(), 0
        while True:
            if stream.skip("."):
                node = n.Path(node, stream.name(keywords=True))
            elif stream.is_op("[") and not self._closes_range(node):
                node = self._filter(node)
            elif stream.is_op("("):
                node = self._call(node)
            else:
                return node
            count += 1
            self.check_chain(count)

    def _closes_range(self, node: n.Node) -> bool:
        """Whether a "[" here ends a range, as in `[1..5[`, instead of opening a filter."""
        if not self.ending_range:
            return False
        after = self.stream.ahead()
        literal = isinstance(node, n.Literal | n.Negate)
        return literal or after.text in _AFTER_RANGE or after.kind == "end"

    def _filter(self, base: n.Node) -> n.Node:
        self.stream.expect("[")
        with self.stream.binding("item"):
            test = self.expression()
        self.stream.expect("]")
        return n.Filter(base, test)

    def _call(self, function: n.Node) -> n.Node:
        stream = self.stream
        stream.expect("(")
        positional: list[n.Node] = []
        named: list[tuple[str, n.Node]] = []
        while not stream.is_op(")"):
            name = self._argument_name()
            if name is not None:
                named.append((name, self.expression()))
            elif named:
                raise stream.unexpected()
            else:
                positional.append(self.expression())
            if not stream.skip(","):
                break
        stream.expect(")")
        return n.Call(function, tuple(positional), tuple(named))

    def _argument_name(self) -> str | None:
        ahead = 0
        while self.stream.ahead(ahead).kind in ("name", "number") or self.stream.ahead(ahead).text in ("'", "-"):
            ahead += 1
        if not ahead or self.stream.now.kind != "name" or self.stream.ahead(ahead).text != ":":
            return None
        begin = self.stream.at
        self.stream.at += ahead
        name = self.slice_name(begin)
        self.stream.expect(":")
        return name

    def _primary(self) -> n.Node:
        token = self.stream.now
        if token.kind == "number":
            self.stream.take()
            return n.Literal(_number(token.text))
        if token.kind == "string":
            self.stream.take()
            return n.Literal(text_of(token.text))
        if token.kind == "op":
            return self._bracketed()
        if token.kind == "name" and token.text in CONSTANTS:
            self.stream.take()
            return n.Literal(CONSTANTS[token.text])
        if token.text == "function" and self.stream.ahead().text == "(":
            return self._function()
        if token.kind != "name":
            raise self.stream.unexpected()
        name = self.stream.name()
        return n.Name(name, name in self.stream.bound)

    def _bracketed(self) -> n.Node:
        stream = self.stream
        symbol = stream.now.text
        if symbol == "{":
            return self._context()
        if symbol == "?":
            stream.take()
            return n.Name("?", True)
        if symbol == "@":
            return self._at()
        if symbol == "[":
            return self._list_or_range()
        if symbol == "(":
            return self._group()
        if symbol == "]":
            stream.take()
            start = self.additive()
            return self._range_end(start, False)
        raise stream.unexpected()

    def _group(self) -> n.Node:
        stream = self.stream
        stream.expect("(")
        if stream.is_op(*OPENERS):
            op = stream.take().text
            node: n.Node = n.OpenRange(op, self.additive(), bracketed=True)
        else:
            node = self.expression()
            if stream.is_op(".."):
                return self._range_end(node, False)
        stream.expect(")")
        return node

    def _list_or_range(self) -> n.Node:
        stream = self.stream
        stream.expect("[")
        items: list[n.Node] = []
        while not stream.is_op("]"):
            items.append(self._member())
            if len(items) == 1 and stream.is_op(".."):
                return self._range_end(items[0], True)
            if not stream.skip(","):
                break
        stream.expect("]")
        return n.ListOf(tuple(items))

    def _member(self) -> n.Node:
        if self.stream.is_op(*OPENERS):
            op = self.stream.take().text
            return n.OpenRange(op, self.additive(), bracketed=True)
        return self.expression()

    def _range_end(self, start: n.Node, included: bool) -> n.Node:
        self.stream.expect("..")
        before, self.ending_range = self.ending_range, True
        end = self.additive()
        self.ending_range = before
        closing = self.stream.now
        if closing.text not in (")", "]", "["):
            raise self.stream.error(Text("توقعنا نهاية المجال.", "Expected the end of the range."))
        self.stream.take()
        return n.RangeOf(start, end, included, closing.text == "]")

    def _at(self) -> n.Node:
        self.stream.expect("@")
        token = self.stream.take()
        if token.kind != "string":
            raise self.stream.error(Text("توقعنا نصا بعد @.", "Expected a text after @."), token)
        return n.Literal(at_literal(text_of(token.text)))

    def _context(self) -> n.Node:
        stream = self.stream
        stream.expect("{")
        entries: list[tuple[str, n.Node]] = []
        with stream.binding():
            while not stream.is_op("}"):
                key = self.key()
                stream.expect(":")
                entries.append((key, self.expression()))
                stream.bind(key)
                if not stream.skip(","):
                    break
            stream.expect("}")
        keys = [key for key, _ in entries]
        if len(set(keys)) < len(keys):
            return n.Literal(None)
        return n.ContextOf(tuple(entries))

    def _function(self) -> n.Node:
        stream = self.stream
        stream.at += 2
        parameters: list[tuple[str, Type | None]] = []
        while not stream.is_op(")"):
            name = self.spelled_name()
            parameters.append((name, self.type() if stream.skip(":") else None))
            if not stream.skip(","):
                break
        stream.expect(")")
        with stream.binding(*(name for name, _ in parameters)):
            if stream.skip("external"):
                self.expression()
                return n.FunctionDefinition(tuple(parameters), None)
            return n.FunctionDefinition(tuple(parameters), self.expression())


def _number(text: str) -> Value:
    return int(text) if text.isdigit() and len(text) <= 30 else number(Decimal(text))

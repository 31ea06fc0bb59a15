"""Tokens to a syntax tree: expressions by precedence, from `or` down to the powers."""

from collections.abc import Callable, Iterable, Mapping

from engine.feel import nodes as n
from engine.feel.builtins import FUNCTIONS
from engine.feel.errors import FeelSyntaxError
from engine.feel.limits import MAX_TREE_DEPTH
from engine.feel.primaries import Primaries
from engine.feel.stream import KEYWORD_NAMES, PROPERTIES, Names, Stream
from engine.feel.types import Type
from engine.text import Text

_KNOWN = Names([*FUNCTIONS, *PROPERTIES, *KEYWORD_NAMES])
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


class Parser(Primaries):
    """Reads one text. `names` are variables of several words, `types` the types that the model defines."""

    def __init__(self, source: str, names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> None:
        self.stream = Stream(source, Names(names, before=_KNOWN))
        self.types = types or {}

    def whole(self) -> n.Node:
        """The text as one expression."""
        tree = self.expression()
        self.stream.finish()
        return tree

    def whole_tests(self) -> n.Tests:
        """The text as the tests of a decision table's cell."""
        stream = self.stream
        if stream.now.kind == "end" or (stream.is_op("-") and stream.ahead().kind == "end"):
            return n.Tests(())
        if stream.is_word("not") and stream.ahead().text == "(":
            stream.at += 2
            tests = self._several_tests()
            stream.expect(")")
            if stream.now.kind == "end":
                return n.Tests(tests, True)
            stream.at = 0  # it was the function `not`, and the expression goes on
        tests = self._several_tests()
        stream.finish()
        return n.Tests(tests)

    def _several_tests(self) -> tuple[n.Test, ...]:
        tests = [self.test()]
        while self.stream.skip(","):
            tests.append(self.test())
        return tuple(tests)

    def test(self) -> n.Test:
        """One test: a comparison without its left side, or an expression."""
        begin = self.stream.at
        if self.stream.is_op(*COMPARISONS):
            op = self.stream.take().text
            return n.Test(n.OpenRange(op, self.additive()), False)
        expression = self.expression()
        asks = any(token.text == "?" and token.kind == "op" for token in self.stream.tokens[begin:self.stream.at])
        return n.Test(expression, asks)

    def expression(self) -> n.Node:
        """Any expression."""
        stream = self.stream
        with stream.nested():
            if stream.is_word("if"):
                return self._if()
            if stream.is_word("for"):
                return self._for()
            if stream.is_word("some", "every"):
                return self._quantified()
            return self._or()

    def _if(self) -> n.Node:
        self.stream.expect("if")
        condition = self.expression()
        self.stream.expect("then")
        then = self.expression()
        self.stream.expect("else")
        return n.If(condition, then, self.expression())

    def _for(self) -> n.Node:
        self.stream.expect("for")
        with self.stream.binding():
            iterators = self._iterators()
            self.stream.expect("return")
            self.stream.bind("partial")
            return n.For(iterators, self.expression())

    def _quantified(self) -> n.Node:
        every = self.stream.take().text == "every"
        with self.stream.binding():
            iterators = self._iterators()
            self.stream.expect("satisfies")
            return n.Quantified(every, iterators, self.expression())

    def _iterators(self) -> tuple[n.Iterator, ...]:
        found = []
        while True:
            name = self._iterator_name()
            self.stream.expect("in")
            source = self.expression()
            stop = self.expression() if self.stream.skip("..") else None
            found.append(n.Iterator(name, source, stop))
            self.stream.bind(name)
            if not self.stream.skip(","):
                return tuple(found)

    def _iterator_name(self) -> str:
        begin = self.stream.at
        while not self.stream.is_word("in") and self.stream.now.kind in ("name", "number", "op"):
            self.stream.take()
        return self.slice_name(begin)

    def _or(self) -> n.Node:
        operands = [self._and()]
        while self.stream.skip("or"):
            operands.append(self._and())
        return operands[0] if len(operands) == 1 else n.Logical("or", tuple(operands))

    def _and(self) -> n.Node:
        operands = [self._comparison()]
        while self.stream.skip("and"):
            operands.append(self._comparison())
        return operands[0] if len(operands) == 1 else n.Logical("and", tuple(operands))

    def _comparison(self) -> n.Node:
        stream = self.stream
        left = self.additive()
        while True:
            if stream.is_op(*COMPARISONS):
                left = n.Comparison(stream.take().text, left, self.additive())
            elif stream.is_word("between"):
                left = self._between(left)
            elif stream.is_word("in"):
                left = self._in(left)
            elif stream.is_word("instance"):
                stream.take()
                stream.expect("of")
                left = n.InstanceOf(left, self.type())
            else:
                return left

    def _between(self, value: n.Node) -> n.Node:
        self.stream.expect("between")
        low = self.additive()
        self.stream.expect("and")
        return n.Between(value, low, self.additive())

    def _in(self, value: n.Node) -> n.Node:
        stream = self.stream
        stream.expect("in")
        if not stream.is_op("("):
            return n.In(value, (self._in_test(),))
        begin = stream.at
        stream.take()
        first = self.test()
        if stream.is_op(".."):
            stream.at = begin
            return n.In(value, (self._in_test(),))
        tests: list[n.Node] = [first]
        while stream.skip(","):
            tests.append(self.test())
        stream.expect(")")
        return n.In(value, tuple(tests))

    def _in_test(self) -> n.Test:
        if self.stream.is_op(*COMPARISONS):
            return self.test()
        return n.Test(self.additive(), False)

    def additive(self, weakest: int = 1) -> n.Node:
        """Sums, and all that binds tighter: what a comparison compares. Operators group from the left."""
        left = self._unary()
        count = 0
        while self.stream.now.kind == "op":
            strength = _STRENGTH.get(self.stream.now.text, 0)
            if strength < weakest:
                break
            op = self.stream.take().text
            left = n.Arithmetic(op, left, self.additive(strength + 1))
            count += 1
            self.check_chain(count)
        return left

    def check_chain(self, count: int) -> None:
        """A chain of operators is as deep a tree as it is long."""
        if count > MAX_TREE_DEPTH:
            raise self.stream.error(Text("التعبير طويل جدا؛ قسّمه.", "The expression is too long; split it."))

    def _unary(self) -> n.Node:
        minus = 0
        while self.stream.skip("-"):
            minus += 1
            self.check_chain(minus)
        operand = self.postfix()
        for _ in range(minus):
            operand = n.Negate(operand)
        return operand


def parse(source: str, names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> n.Node:
    """The syntax tree of an expression."""
    return _bounded(lambda: Parser(source, names, types).whole())


def parse_tests(source: str, names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> n.Node:
    """The syntax tree of a decision table's cell."""
    return _bounded(lambda: Parser(source, names, types).whole_tests())


def _bounded(read: Callable[[], n.Node]) -> n.Node:
    try:
        return read()
    except RecursionError:
        raise FeelSyntaxError(Text("تعبير متداخل بعمق زائد.", "The expression is nested too deeply.")) from None

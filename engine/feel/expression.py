"""Compiled expressions and tests: what the rest of the house calls."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from engine.feel import range_text as range_text
from engine.feel.closures import Closure, closed
from engine.feel.env import Env
from engine.feel.errors import FeelSyntaxError, too_deep
from engine.feel.limits import CALLING, Run, size_of
from engine.feel.names import Reads
from engine.feel.nodes import Node
from engine.feel.parser import parse, parse_tests
from engine.feel.scope import Scope
from engine.feel.types import Type
from engine.feel.values import Value, plain
from engine.feel.weights import weight
from engine.text import Text

_PLAIN_ENV = Env()
_SIZED = frozenset({list, dict, str})


class Expression:
    """A compiled expression. `names` are the variables it reads; `possible_names` adds those that stand in filters,
    where they may also be entries of the list's members. `closure` runs it in a scope that the caller made, who pays
    its `weight`."""

    __slots__ = ("_reads", "closure", "names", "possible_names", "text", "tree", "weight")

    def __init__(self, text: str, tree: Node) -> None:
        self.text, self.tree = text, tree
        reads = Reads(tree)
        self.names = frozenset(reads.certain)
        self.possible_names = frozenset(reads.possible)
        self._reads = tuple(reads.possible)
        self.closure = _closed(tree)
        self.weight = weight(tree)

    def __call__(self, context: Mapping[str, Value], env: Env = _PLAIN_ENV) -> Value:
        """The value with these variables; FEEL's null where something makes no sense. Raises only FeelLimit."""
        run = Run(env)
        if env.purse is None:
            return self.within(context, run)
        granted = run.steps
        try:
            return self.within(context, run)
        finally:
            env.purse.pay(CALLING + granted - run.steps)

    def within(self, context: Mapping[str, Value], run: Run) -> Value:
        """The value, as part of a larger evaluation that shares one budget."""
        run.spend(self.weight)
        scope = Scope({name: plain(context[name]) for name in self._reads if name in context}, None, run)
        try:
            value = self.closure(scope)
        except RecursionError:
            raise too_deep() from None
        if type(value) in _SIZED:
            run.spend(size_of(value))
        return plain(value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.text!r}>"


class UnaryTests(Expression):
    """Compiled tests of an input value, as they stand in a decision table's cell."""

    __slots__ = ()

    def __call__(  # type: ignore[override]
        self, value: Value, context: Mapping[str, Value] | None = None, env: Env = _PLAIN_ENV
    ) -> bool | None:
        """Whether the value passes; null where it cannot be told. Raises only FeelLimit."""
        return self.test(value, context or {}, Run(env))

    def test(self, value: Value, context: Mapping[str, Value], run: Run) -> bool | None:
        """Whether the value passes, as part of a larger evaluation that shares one budget."""
        run.spend(self.weight)
        scope = Scope({name: plain(context[name]) for name in self._reads if name in context}, None, run)
        scope["?"] = plain(value)
        try:
            result = self.closure(scope)
        except RecursionError:
            raise too_deep() from None
        return result if isinstance(result, bool) else None


def _closed(tree: Node) -> Closure:
    try:
        return closed(tree)
    except RecursionError:
        raise FeelSyntaxError(Text("تعبير متداخل بعمق زائد.", "The expression is nested too deeply.")) from None


@lru_cache(4096)
def compile(text: str) -> Expression:
    """Compile an expression; FeelSyntaxError, with line and column, if it is none. Compiled once, then cached."""
    return Expression(text, parse(text))


@lru_cache(4096)
def compile_unary(text: str) -> UnaryTests:
    """Compile the tests of a cell: `< 18`, `[5..18)`, `"a", "b"`, `not("c")`, `-`."""
    return UnaryTests(text, parse_tests(text))


def compile_with(text: str, names: Iterable[str], types: Mapping[str, Type] | None = None) -> Expression:
    """Compile an expression of a model whose variables may have names of several words, and which defines types."""
    return Expression(text, parse(text, names, types))


def compile_unary_with(text: str, names: Iterable[str], types: Mapping[str, Type] | None = None) -> UnaryTests:
    """Compile a cell of a model whose variables may have names of several words, and which defines types."""
    return UnaryTests(text, parse_tests(text, names, types))

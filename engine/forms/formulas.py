"""FEEL in forms: conditions, computed values and prefills, compiled once and never failing a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine import feel
from engine.feel.env import Env
from engine.feel.errors import FeelError, FeelSyntaxError
from engine.text import Text


@dataclass(frozen=True, eq=False)
class Formula:
    """A FEEL expression as written (without the leading "="). One that does not parse gives null and says why."""

    source: str
    names: frozenset[str] = frozenset()
    fault: Text | None = None
    _run: Callable[[Mapping[str, object], Env], object] | None = field(default=None, repr=False)

    def value(self, variables: Mapping[str, object], env: Env) -> object:
        """What it gives; null where it goes beyond FEEL's limits or did not parse."""
        if self._run is None:
            return None
        try:
            return self._run(variables, env)
        except FeelError:
            if env.purse is not None:
                env.purse.stopped.append(self.source)
            return None

    def holds(self, variables: Mapping[str, object], env: Env) -> bool:
        """Whether it gives true (null is not true)."""
        return self.value(variables, env) is True


def formula(source: object) -> Formula | None:
    """Compiles a text; None where there is nothing to compile."""
    if not isinstance(source, str) or not source.strip():
        return None
    plain = source.strip().removeprefix("=").strip()
    try:
        expression = feel.compile(plain)
    except FeelSyntaxError as error:
        return Formula(plain, fault=error.text)
    except FeelError as error:
        return Formula(plain, fault=Text(str(error), str(error)))
    return Formula(plain, expression.names, None, expression)

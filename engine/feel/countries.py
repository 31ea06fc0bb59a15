"""Our own function for what differs from country to country, so that a shipped form or diagram names none."""

from engine.feel.builtins.registry import builtin
from engine.feel.limits import Run
from engine.feel.values import Value


@builtin("country value", "list: string", run=True)
def country_value(run: Run, name: str) -> Value:
    """The value of a list that belongs to the country served, such as its nationality; null where no one alone does."""
    return run.env.here.get(name)

"""Functions on contexts."""

from engine.feel.builtins.registry import COPIED, builtin
from engine.feel.limits import MAX_CALLS, Run
from engine.feel.values import Value


@builtin("get value", "m: context", "key: string", each=COPIED)
@builtin("get value", "context: context", "key: string", each=COPIED)
def get_value(context: dict[str, Value], key: str) -> Value:
    return context.get(key)


@builtin("get entries", "m: context")
@builtin("get entries", "context: context")
def get_entries(context: dict[str, Value]) -> Value:
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context", "entries: list")
def context_(entries: list[Value]) -> Value:
    made: dict[str, Value] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            return None
        if entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put", "context: context", "key: string", "value: any")
def context_put(context: dict[str, Value], key: str, value: Value) -> Value:
    return {**context, key: value}


@builtin("context put", "context: context", "keys: list", "value: any")
def context_put_deep(context: dict[str, Value], keys: list[Value], value: Value) -> Value:
    if not 0 < len(keys) <= MAX_CALLS or not all(isinstance(key, str) for key in keys):
        return None
    inner = context.get(keys[0], {} if len(keys) > 1 else None)
    if len(keys) > 1:
        if not isinstance(inner, dict):
            return None
        value = context_put_deep(inner, keys[1:], value)
        if value is None:
            return None
    return {**context, keys[0]: value}


@builtin("context merge", "contexts: list", run=True)
def context_merge(run: Run, contexts: list[Value]) -> Value:
    merged: dict[str, Value] = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        run.spend_for(context, COPIED)
        merged.update(context)
    return merged

"""Functions on lists."""

from engine.feel.arithmetic import add, divide, multiply
from engine.feel.builtins.registry import COPIED, builtin, spread_list
from engine.feel.compare import equal
from engine.feel.decimals import CONTEXT, tidy, whole
from engine.feel.limits import LONG, Run, bounded_list
from engine.feel.values import Value, is_number, kind, plain


@builtin("list contains", "list: list", "element: any", run=True, each=3)
def list_contains(run: Run, values: list[Value], element: Value) -> Value:
    if type(element) is str and len(element) < LONG:
        return element in values
    return any(equal(value, element, run) is True for value in values)


@builtin("count", "list: list", each=COPIED)
def count(values: list[Value]) -> Value:
    return len(values)


@builtin("sum", "list: list", gather=spread_list)
def sum_(values: list[Value]) -> Value:
    numbers = _numbers(values)
    if not numbers:
        return None
    total: Value = 0
    for number in numbers:
        total = add(total, number)
    return total


@builtin("product", "list: list", gather=spread_list)
def product(values: list[Value]) -> Value:
    numbers = _numbers(values)
    if not numbers:
        return None
    total: Value = 1
    for number in numbers:
        total = multiply(total, number)
    return total


@builtin("mean", "list: list", gather=spread_list)
def mean(values: list[Value]) -> Value:
    total = sum_(values)
    return None if total is None else divide(total, len(values))


@builtin("median", "list: list", gather=spread_list, each=2)
def median(values: list[Value]) -> Value:
    numbers = sorted(_numbers(values))
    if not numbers:
        return None
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else divide(add(numbers[middle - 1], numbers[middle]), 2)


@builtin("stddev", "list: list", gather=spread_list, each=6)
def stddev(values: list[Value]) -> Value:
    numbers = _numbers(values)
    if len(numbers) < 2:
        return None
    average = mean(numbers)
    distances = sum_([CONTEXT.power(CONTEXT.subtract(number, average), 2) for number in numbers])
    return tidy(CONTEXT.sqrt(CONTEXT.divide(distances, len(numbers) - 1)))


@builtin("mode", "list: list", gather=spread_list, each=2)
def mode(values: list[Value]) -> Value:
    numbers = _numbers(values)
    if not numbers:
        return [] if not values else None
    times: dict[Value, int] = {}
    for number in numbers:
        times[number] = times.get(number, 0) + 1
    most = max(times.values())
    return sorted(number for number, count_ in times.items() if count_ == most)


def _numbers(values: list[Value]) -> list[Value]:
    numbers = [plain(value) for value in values]
    return numbers if all(is_number(number) for number in numbers) else []


@builtin("append", "list: list", gather=list, run=True)
def append(run: Run, arguments: list[Value]) -> Value:
    first = arguments[0] if arguments else None
    run.spend_for(first)
    start = first if isinstance(first, list) else [] if first is None else [first]
    return bounded_list([*start, *arguments[1:]])


@builtin("concatenate", "list: list", gather=list, run=True)
def concatenate(run: Run, arguments: list[Value]) -> Value:
    joined: list[Value] = []
    for argument in arguments:
        if argument is None:
            return None
        run.spend_for(argument)
        joined += argument if isinstance(argument, list) else [argument]
        bounded_list(joined)
    return joined


@builtin("union", "list: list", gather=list, run=True)
def union(run: Run, arguments: list[Value]) -> Value:
    joined = concatenate(run, arguments)
    return None if joined is None else distinct_values(run, joined)


_HASHED = frozenset({"string", "number", "boolean"})
"""Kinds whose equal values Python finds at once."""


@builtin("distinct values", "list: list", run=True)
def distinct_values(run: Run, values: list[Value]) -> Value:
    kept: list[Value] = []
    others: list[Value] = []
    simple: set[tuple[str, Value]] = set()
    for value in map(plain, values):
        run.spend()
        sort = kind(value)
        if sort in _HASHED:
            new = (sort, value) not in simple
            simple.add((sort, value))
        else:
            run.spend(2 * len(others))
            new = not any(equal(value, other, run) is True for other in others)
            others += [value] if new else []
        kept += [value] if new else []
    return kept


@builtin("flatten", "list: list", run=True)
def flatten(run: Run, values: list[Value]) -> Value:
    flat: list[Value] = []
    run.enter()
    for value in values:
        run.spend()
        if isinstance(value, list):
            flat += flatten(run, value)
        else:
            flat.append(value)
    run.leave()
    return bounded_list(flat)


@builtin("reverse", "list: list", each=COPIED)
def reverse(values: list[Value]) -> Value:
    return values[::-1]


@builtin("index of", "list: list", "match: any", run=True, each=3)
def index_of(run: Run, values: list[Value], match: Value) -> Value:
    return [index for index, value in enumerate(values, 1) if equal(value, match, run) is True]


def _offset(values: list[Value], position: Value) -> int | None:
    at = whole(position)
    if at == 0 or at > len(values) or at < -len(values):
        return None
    return at - 1 if at > 0 else len(values) + at


@builtin("remove", "list: list", "position: number", each=COPIED)
def remove(values: list[Value], position: Value) -> Value:
    at = _offset(values, position)
    return None if at is None else values[:at] + values[at + 1:]


@builtin("insert before", "list: list", "position: number", "newItem: any", each=COPIED)
def insert_before(values: list[Value], position: Value, item: Value) -> Value:
    at = _offset(values, position)
    return None if at is None else bounded_list([*values[:at], item, *values[at:]])


@builtin("sublist", "list: list", "start position: number", "length: number?", each=COPIED)
def sublist(values: list[Value], start: Value, length: Value = None) -> Value:
    at = _offset(values, start)
    if at is None or (length is not None and length < 1):
        return None
    if length is None:
        return values[at:]
    return values[at:at + whole(length)] if at + whole(length) <= len(values) else None

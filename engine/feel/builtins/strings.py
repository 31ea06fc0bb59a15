"""Functions on texts."""

from engine.feel.builtins.regexes import found, replaced, split_at
from engine.feel.builtins.registry import builtin
from engine.feel.decimals import whole
from engine.feel.errors import too_large
from engine.feel.limits import MAX_TEXT, Run, bounded_text
from engine.feel.values import Value


@builtin("string length", "string: string")
def string_length(text: str) -> Value:
    return len(text)


@builtin("substring", "string: string", "start position: number", "length: number?")
def substring(text: str, start: Value, length: Value = None) -> Value:
    begin = whole(start)
    if begin == 0 or (length is not None and length < 1):
        return None
    begin = begin - 1 if begin > 0 else max(len(text) + begin, 0)
    return text[begin:] if length is None else text[begin:begin + whole(length)]


@builtin("upper case", "string: string")
def upper_case(text: str) -> Value:
    return bounded_text(text.upper())


@builtin("lower case", "string: string")
def lower_case(text: str) -> Value:
    return text.lower()


@builtin("substring before", "string: string", "match: string")
def substring_before(text: str, match: str) -> Value:
    before, hit, _ = text.partition(match) if match else ("", "", "")
    return before if hit else ""


@builtin("substring after", "string: string", "match: string")
def substring_after(text: str, match: str) -> Value:
    return text.partition(match)[2] if match else text


@builtin("contains", "string: string", "match: string")
def contains(text: str, match: str) -> Value:
    return match in text


@builtin("starts with", "string: string", "match: string")
def starts_with(text: str, match: str) -> Value:
    return text.startswith(match)


@builtin("ends with", "string: string", "match: string")
def ends_with(text: str, match: str) -> Value:
    return text.endswith(match)


@builtin("trim", "string: string")
def trim(text: str) -> Value:
    return text.strip()


@builtin("matches", "input: string", "pattern: string", "flags: string~", run=True)
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    return found(run, text, pattern, flags or "")


@builtin("replace", "input: string", "pattern: string", "replacement: string", "flags: string~", run=True)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    return replaced(run, text, pattern, replacement, flags or "")


@builtin("split", "string: string", "delimiter: string", run=True)
def split(run: Run, text: str, delimiter: str) -> Value:
    return split_at(run, text, delimiter)


@builtin("string join", "list: list", "delimiter: string~", run=True)
def string_join(run: Run, parts: list[Value], delimiter: str | None = None) -> Value:
    texts = [part for part in parts if part is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    if sum(map(len, texts)) + len(texts) * len(delimiter or "") > MAX_TEXT:
        raise too_large()
    joined = (delimiter or "").join(texts)
    run.spend_for(joined)
    return joined

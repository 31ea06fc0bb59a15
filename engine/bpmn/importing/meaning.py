"""What the older engines' expressions mean, in FEEL: they turn every value into the kind that an operator wants and
know no null in between; FEEL is null there, and a condition that is null takes another way. What cannot be said so
that it surely means the same is left to a person. One thing is left out on purpose: a text equals `false` there, and
the empty text 0, which nobody who writes `decision == 'approve'` means."""

import operator
import re
from typing import NamedTuple

CHOICE, OR, AND, COMPARISON, SUM, PRODUCT, UNARY, PRIMARY = range(8)
"""How firmly what is said holds together."""
_BY_NOTHING = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
INSTANCES = "numberOfInstances"
"""Never 0 where it is asked."""


class Untranslatable(Exception):
    """There is no FEEL that surely means the same."""


class Said(NamedTuple):
    """A part of an expression in FEEL. `kind` is what it surely is: "truth", "number", "text", "null", or "" where
    only the running process knows. `literal` is its value where it is written out. A truth is `unsure` where FEEL may
    say null although the older engines say false."""

    feel: str
    kind: str = ""
    level: int = PRIMARY
    literal: str | float | bool | None = None
    unsure: bool = False

    def within(self, level: int) -> str:
        """Its text as a part of something that holds together so firmly."""
        return self.feel if self.level >= level else f"({self.feel})"


def quoted(text: str) -> str:
    """Text as a FEEL literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def text_of(value: str) -> Said:
    """A text that is written out."""
    return Said(quoted(value), "text", PRIMARY, value)


def number_of(digits: str) -> Said:
    """A number that is written out."""
    return Said(digits, "number", PRIMARY, float(digits))


def truth(said: Said) -> Said:
    """What is asked whether it is so: text counts by its letters, null and the empty text are not so."""
    if said.kind == "truth":
        return said
    if said.kind:
        raise Untranslatable
    return Said(f'lower case(string({said.feel})) = "true"', "truth", COMPARISON)


def sure(said: Said) -> Said:
    """The same without a null in the place of false."""
    return said._replace(feel=f"({said.feel}) = true", level=COMPARISON, unsure=False) if said.unsure else said


def negated(said: Said) -> Said:
    """`!x`."""
    if not said.kind:
        return Said(f'lower case(string({said.feel})) != "true"', "truth", COMPARISON)
    asked = truth(said)
    if asked.unsure:
        return Said(f"({asked.feel}) != true", "truth", COMPARISON)
    return Said(f"not({asked.feel})", "truth", PRIMARY)


def joined(word: str, left: Said, right: Said) -> Said:
    """`a and b`, `a or b`."""
    one, other, level = truth(left), truth(right), AND if word == "and" else OR
    said = f"{one.within(level)} {word} {other.within(level)}"
    return Said(said, "truth", level, None, one.unsure or other.unsure)


def chosen(condition: Said, yes: Said, no: Said) -> Said:
    """`a ? b : c`."""
    asked, yes, no = truth(condition), sure(yes), sure(no)
    kind = yes.kind if yes.kind == no.kind else ""
    return Said(f"if {asked.feel} then {yes.feel} else {no.feel}", kind, CHOICE)


def counted(word: str, left: Said, right: Said) -> Said:
    """`a + b` and its like: null and the empty text are 0."""
    level = SUM if word in "+-" else PRODUCT
    if word == "/" and not (isinstance(right.literal, float) and right.literal) and right.feel != INSTANCES:
        raise Untranslatable  # what is divided by nothing is endless there and null here
    return Said(f"{_summand(left).within(level)} {word} {_summand(right).within(level + 1)}", "number", level)


def opposite(said: Said) -> Said:
    """`-a`."""
    literal = -said.literal if isinstance(said.literal, float) else None
    return Said(f"-{_summand(said).within(UNARY)}", "number", UNARY, literal)


def _summand(said: Said) -> Said:
    if said.kind == "number":
        return said
    if said.kind:
        raise Untranslatable
    x = said.within(SUM)
    return Said(f'(if {x} = null or {x} = "" then 0 else number({said.feel}))', "number")


def _measured(said: Said, empty_matters: bool) -> str:
    """A number to compare with: of null there is none, text is read, the empty text is 0."""
    if said.kind == "number":
        return said.within(SUM)
    if said.kind:
        raise Untranslatable
    return f'(if {said.within(SUM)} = "" then 0 else number({said.feel}))' if empty_matters else f"number({said.feel})"


def ordered(word: str, left: Said, right: Said) -> Said:
    """`a < b` and its like, where one side surely is a number."""
    if "number" not in (left.kind, right.kind):
        raise Untranslatable
    empty_matters = True
    if isinstance(right.literal, float):
        empty_matters = _BY_NOTHING[word](0, right.literal)
    said = f"{_measured(left, empty_matters)} {word} {_measured(right, True)}"
    return Said(said, "truth", COMPARISON, None, not left.kind or not right.kind)


def equal(left: Said, right: Said) -> Said:
    """`a == b`, where at least the kind of one side is known."""
    return _compared(left, "=", right)


def unequal(left: Said, right: Said) -> Said:
    """`a != b`."""
    return _compared(left, "!=", right)


def _compared(left: Said, word: str, right: Said) -> Said:
    if not right.kind:
        left, right = right, left
    if "null" in (left.kind, right.kind) or (left.kind and left.kind == right.kind):
        return _plainly(sure(left), word, sure(right))
    if left.kind or not right.kind:
        raise Untranslatable
    if right.kind == "number":
        return _plainly(Said(_measured(left, not right.literal)), word, right)
    if isinstance(right.literal, bool):
        same = truth(left) if right.literal else _untrue(left)
        return same if word == "=" else negated(left if right.literal else same)
    if isinstance(right.literal, str):
        return _as_text(left, word, right, right.literal)
    raise Untranslatable


def _plainly(left: Said, word: str, right: Said) -> Said:
    return Said(f"{left.within(SUM)} {word} {right.within(SUM)}", "truth", COMPARISON)


def _untrue(said: Said) -> Said:
    x = said.within(SUM)
    feel = f'{x} = false or ({x} instance of string and lower case({said.feel}) != "true")'
    return Said(feel, "truth", OR, None, True)


def _as_text(left: Said, word: str, right: Said, text: str) -> Said:
    """Compared with a text. A truth or a number is the text that says it."""
    x, same = left.within(SUM), ""
    if text.lower() in ("true", "false"):
        same = text.lower()
    elif re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
        same = text
    if same:
        either = Said(f"{x} = {right.feel} or {x} = {same}", "truth", OR, None, True)
        return either if word == "=" else negated(either)
    if word == "=":
        return Said(f"{x} = {right.feel}", "truth", COMPARISON, None, True)
    return Said(f"string({left.feel}) != {right.feel}", "truth", COMPARISON)


def empty(said: Said) -> Said:
    """`empty x`."""
    if said.kind:
        raise Untranslatable
    return Said(f"{said.within(SUM)} = null or {_holds_nothing(said)}", "truth", OR, None, True)


def _holds_nothing(said: Said) -> str:
    return " or ".join(f"{said.within(SUM)} = {nothing}" for nothing in ('""', "[]", "{}"))


def called(of: Said, name: str, given: Said | None) -> Said:
    """A method; only those that surely have a meaning in FEEL."""
    if name == "equals" and given is not None and given.kind in ("text", "truth") and given.literal is not None:
        return Said(f"{of.feel} = {given.feel}", "truth", COMPARISON, None, True)
    if name == "isEmpty" and given is None:
        return Said(_holds_nothing(of), "truth", OR, None, True)
    if name == "size" and given is None:
        x = of.feel
        return Said(f"(if {x} instance of list<Any> then count({x}) else count(get entries({x})))", "number")
    raise Untranslatable


def written_out(said: Said) -> Said:
    """A part of a text with holes: null is nothing there."""
    if said.kind == "text":
        return said
    if said.kind == "null":
        return text_of("")
    plain = sure(said)
    if said.kind:
        return Said(f"string({plain.feel})", "text")
    return Said(f'(if {said.within(SUM)} = null then "" else string({said.feel}))', "text")

"""What a proof can find, in words."""

from dataclasses import dataclass
from typing import Any

from engine.feel.render import render
from engine.feel.values import Value
from engine.findings import Finding, Severity
from engine.text import Text


@dataclass(frozen=True)
class Problem:
    """A finding before it knows its file."""

    rule: str
    message: Text
    mend: Text
    severity: Severity = "error"

    def finding(self, file: str, element: str = "") -> Finding:
        """The finding on an element of a file."""
        return Finding(file, element, self.rule, self.severity, self.message, self.mend)


def _shown(value: Value) -> str:
    return "null" if value is None else str(render(value))


def _listed(values: dict[str, Any]) -> str:
    return "، ".join(f"{key} = {_shown(value)}" if key else _shown(value) for key, value in values.items())


_CHECK = Text("راجع القاعدة أو المثال مع صاحب القرار.", "Check the rule or the example with whoever owns the decision.")


def not_a_proof_file(detail: Text) -> Problem:
    """The file of examples cannot be read."""
    return Problem("decision-tests-unreadable", Text(
        f"ملف أمثلة القرار غير مفهوم. {detail.ar}", f"The file of examples cannot be read. {detail.en}"),
        Text("صحح شكل الملف.", "Mend the form of the file."))


def no_such_decision(name: str) -> Problem:
    """The file of examples speaks of another decision."""
    return Problem("decision-tests-unreadable", Text(
        f"لا يوجد في ملف القرار قرار باسم «{name}».", f"The decision file has no decision {name!r}."),
        Text("صحح اسم القرار في ملف الأمثلة.", "Correct the decision's name in the file of examples."))


def stopped(number: int, detail: Text) -> Problem:
    """An example could not be evaluated."""
    return Problem("decision-test-failed", Text(
        f"أُوقف حساب المثال {number}. {detail.ar}", f"Example {number} was stopped. {detail.en}"), _CHECK)


def example_failed(number: int, wrong: dict[str, Any], rules: tuple[int, ...]) -> Problem:
    """An example came out otherwise."""
    by = "، ".join(map(str, rules)) or "-"
    return Problem("decision-test-failed", Text(
        f"المثال {number} أعطى {_listed(wrong)} (القاعدة {by}).",
        f"Example {number} came out as {_listed(wrong)} (rule {by})."), _CHECK)


def gap(values: dict[str, Value]) -> Problem:
    """No rule answers."""
    return Problem("decision-gap", Text(
        f"لا قاعدة لهذه المدخلات: {_listed(values)}.", f"No rule answers these inputs: {_listed(values)}."),
        Text("أضف في آخر الجدول قاعدة للحالات الباقية تأخذ بالأسلم.",
             "Add a last rule for all other inputs that takes the safer side."))


def overlap(rules: list[int], values: dict[str, Value]) -> Problem:
    """Several rules of a UNIQUE table answer."""
    numbers = "، ".join(map(str, rules))
    return Problem("decision-overlap", Text(
        f"تنطبق القواعد {numbers} معا على: {_listed(values)}.", f"The rules {numbers} all match: {_listed(values)}."),
        Text("ضيّق إحدى القواعد، أو اجعل سياسة التطابق FIRST.",
             "Narrow one of the rules, or make the hit policy FIRST."))


def unsafe(always: int, rule: int, key: str, value: Value, values: dict[str, Value], why: Text) -> Problem:
    """A rule breaks a safe outcome."""
    reason = f" ({why.ar})" if why.ar else ""
    return Problem("decision-unsafe", Text(
        f"القاعدة {rule} تخالف الشرط الآمن {always}{reason}: {key} = {_shown(value)} عند {_listed(values)}.",
        f"Rule {rule} breaks safe outcome {always}: {key} = {_shown(value)} for {_listed(values)}."),
        Text("غيّر القاعدة إلى الجانب الأسلم.", "Change the rule to the safer side."))


def dead_rule(number: int) -> Problem:
    """A rule never speaks."""
    return Problem("decision-dead-rule", Text(
        f"القاعدة {number} لا تصل إليها أي مدخلات.", f"No inputs ever reach rule {number}."),
        Text("احذفها أو قدّمها على ما يحجبها.", "Remove it, or move it above what hides it."), "warning")


def unknown_value(name: str, value: str) -> Problem:
    """A cell names a value that the input never has."""
    return Problem("decision-unknown-value", Text(
        f"القيمة «{value}» ليست من قيم {name}.", f"{value!r} is none of the values of {name}."),
        Text("صحح القيمة في الجدول أو في قائمة القيم.", "Correct the value in the table or in the list of values."))


def too_many(count: int) -> Problem:
    """The table is too large to be proved."""
    return Problem("decision-too-large", Text(
        f"للجدول {count} تركيبة من المدخلات، فلا يمكن إثباته.",
        f"The table has {count} combinations; it cannot be proved."),
        Text("قسّم القرار إلى قرارات أصغر.", "Split the decision into smaller ones."), "warning")

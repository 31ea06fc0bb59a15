"""docs/rules.md, made from the linter's rules and from the diagrams that break them:
`python -m tests.engine.lint.rulebook`."""

import re
from pathlib import Path

from engine.bpmn.lint import RULES, Rule
from engine.forms.rulebook import RULES as OF_FORMS
from tests.engine.lint.diagrams import found_in
from tests.engine.lint.elsewhere import TOLD

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules.md"
DRAWN = "../tests/engine/lint/diagrams"


def page() -> str:
    """The text of the page."""
    lines = [
        "# Rules of the linter", "",
        "Written by `python -m tests.engine.lint.rulebook`. Each rule is a file in `engine/bpmn/lint/rules/`, with a "
        "diagram that breaks it and nothing else, and the same mended; what is said here is what it says of the first. "
        "Errors forbid publishing, warnings and hints do not. A finding names file, element, rule and mend: "
        "`./run check FILE`.",
        "", "| | errors | warnings | hints |", "|---|---|---|---|",
        f"| rules | {_count('error')} | {_count('warning')} | {_count('hint')} |", "",
    ]
    for rule in RULES:
        lines += _entry(rule)
    return "\n".join([*lines, *_of_forms(), *_elsewhere()])


def _of_forms() -> list[str]:
    lines = ["# Rules about forms", "", "In `engine/forms/rulebook.py`; how forms are written: [forms](forms.md).", "",
             "| rule | | what it says | mend |", "|---|---|---|---|"]
    for name, rule in OF_FORMS.items():
        said = (f"{_plain(text.en)}<br>{_plain(text.ar)}" for text in (rule.message, rule.mend))
        lines.append(f"| `{name}` | {rule.severity} | {' | '.join(said)} |")
    return [*lines, ""]


def _elsewhere() -> list[str]:
    lines = ["# Other rules of the check", ""]
    for title, told in TOLD.items():
        lines += [f"## {title}", "", "| rule | | |", "|---|---|---|"]
        lines += [f"| `{name}` | {severity} | {_plain(words)} |" for name, (severity, words) in told.items()]
        lines.append("")
    return lines


def _count(severity: str) -> int:
    return sum(rule.severity == severity for rule in RULES)


def _entry(rule: Rule) -> list[str]:
    found = next(finding for finding in found_in(rule.name, "bad") if finding.rule == rule.name)
    bad, good = (f"{DRAWN}/{rule.name}/{kind}.bpmn" for kind in ("bad", "good"))
    return [
        f"## {rule.name}", "", f"*{rule.severity}.* {_plain(rule.words.en)}", "", _plain(rule.words.ar), "",
        f"> {_plain(found.message.en)} → {_plain(found.mend.en)}", ">",
        f"> {_plain(found.message.ar)} ← {_plain(found.mend.ar)}", "",
        f"[bad]({bad}) · [good]({good})", "",
    ]


def _plain(text: str) -> str:
    return re.sub("[\u200e\u200f]", "", text).replace("<", "&lt;").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")

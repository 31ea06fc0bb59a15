"""docs/rules.md, made from the linter's rules and from the diagrams that break them:
`python -m tests.engine.lint.rulebook`."""

import re
from pathlib import Path
from typing import Any

from engine.bpmn.lint import RULES, Rule
from engine.checks.decision_rules import RULES as OF_DECISIONS
from engine.findings import Finding, Severity
from engine.forms.rulebook import RULES as OF_FORMS
from engine.text import Text
from tests.engine.checks.drawn import found_in as in_decision
from tests.engine.lint.diagrams import found_in
from tests.engine.lint.elsewhere import TOLD

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules.md"
BROKEN = (
    "`./run break-diagrams` breaks the shipped diagrams at every place in fifty ways, as a slip of the hand would. "
    "The first run over all places (22 November 2026: 50 diagrams, 10,475 broken files, 75 minutes on two busy cores; "
    "only dropped English names, which do no harm, were not run to the end) met no crash. Of the 5,442 breaks that "
    "must be found all but seven were: six flows that led back to their own step although something else may strike "
    "there, and a computed group whose last letter but one was lost. Such flows are told since, at all places; so are "
    "outputs that a decision does not give, yet not those of a context that a mapping makes up: the break of computed "
    "groups now misspells their variable. Of the 5,033 others 1,254 were not, for the reasons that stand in "
    "`tests/engine/lint/breaks.py`. Since then the rules also know what forms and messages read: of 160 misspelt "
    "inputs 22 were not found, most of them payloads of messages, which are told now.",
)
DRAWN, TABLES = "../tests/engine/lint/diagrams", "../tests/engine/checks/decisions"


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
    lines += [*BROKEN, ""]
    for rule in RULES:
        lines += _entry(rule)
    return "\n".join([*lines, *_of_decisions(), *_of_forms(), *_elsewhere()])


def _of_decisions() -> list[str]:
    lines = ["# Rules about decisions", "", "Each is a file in `engine/checks/decision_rules/`, with a decision that "
             "breaks it and nothing else, and the same mended; those about the shape of tables stand further down.", ""]
    for rule in OF_DECISIONS:
        lines += _said(rule.name, rule.severity, rule.words, in_decision(rule.name, "bad"), f"{TABLES}/{rule.name}",
                       "dmn")
    return lines


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


def _entry(rule: Rule[Any]) -> list[str]:
    return _said(rule.name, rule.severity, rule.words, found_in(rule.name, "bad"), f"{DRAWN}/{rule.name}", "bpmn")


def _said(name: str, severity: Severity, words: Text, findings: list[Finding], folder: str, kind: str) -> list[str]:
    found = next(finding for finding in findings if finding.rule == name)
    return [
        f"## {name}", "", f"*{severity}.* {_plain(words.en)}", "", _plain(words.ar), "",
        f"> {_plain(found.message.en)} → {_plain(found.mend.en)}", ">",
        f"> {_plain(found.message.ar)} ← {_plain(found.mend.ar)}", "",
        f"[bad]({folder}/bad.{kind}) · [good]({folder}/good.{kind})", "",
    ]


def _plain(text: str) -> str:
    return re.sub("[\u200e\u200f]", "", text).replace("<", "&lt;").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")

"""docs/rules.md, made from the linter's rules and from the diagrams that break them:
`python -m tests.engine.lint.rulebook`."""

import re
from pathlib import Path

from engine.bpmn.lint import RULES, Rule
from tests.engine.lint.drawing import findings
from tests.engine.lint.examples import EXAMPLES

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


def page() -> str:
    """The text of the page."""
    lines = [
        "# Rules of the linter", "",
        "Written by `python -m tests.engine.lint.rulebook`. Each rule has a diagram that breaks it and the same mended "
        "(`tests/engine/lint/examples*.py`); what is said here is what it says of the first. Errors forbid publishing, "
        "warnings do not. A finding names file, element, rule and mend: `./run check FILE`.", "",
        "| | errors | warnings |", "|---|---|---|",
        f"| rules | {_count('error')} | {_count('warning')} |", "",
    ]
    for rule in RULES:
        lines += _entry(rule)
    return "\n".join(lines)


def _count(severity: str) -> int:
    return sum(rule.severity == severity for rule in RULES)


def _entry(rule: Rule) -> list[str]:
    found = next(finding for finding in findings(EXAMPLES[rule.name][0]) if finding.rule == rule.name)
    said = re.sub(r"\s+", " ", rule.check.__doc__ or "").removesuffix(" (warning).").removesuffix(".")
    return [
        f"## {rule.name}", "", f"*{rule.severity}.* {said}.", "",
        f"> {_plain(found.message.en)} → {_plain(found.mend.en)}", ">",
        f"> {_plain(found.message.ar)} ← {_plain(found.mend.ar)}",
        "",
    ]


def _plain(text: str) -> str:
    return re.sub("[\u200e\u200f]", "", text).replace("<", "&lt;").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")

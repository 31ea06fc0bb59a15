"""Rules that are no diagram's alone: of files, decisions, lists, stories and releases, each in a sentence."""

import ast
import re
from pathlib import Path

from engine.findings import Severity

ENGINE = Path(__file__).resolve().parents[3] / "engine"
MODULES = (
    *sorted((ENGINE / "checks").glob("*.py")), ENGINE / "dmn/findings_of.py", ENGINE / "safexml.py",
    ENGINE / "ownership.py", ENGINE / "commands/releasing.py", ENGINE / "queries/in_force.py",
)
"""Where those rules are written, as plain names."""
NO_RULES = frozenset({"us-ascii"})
TOLD: dict[str, dict[str, tuple[Severity, str]]] = {
    "Files": {
        "file-missing": ("error", "A path that leads to nothing."),
        "file-kind": ("error", "A file of a kind that is not checked here."),
        "file-not-plain": ("error", "Something other than a plain file or folder."),
        "file-too-large": ("error", "A file larger than any definition may be."),
        "file-unreadable": ("error", "A file that may not be read."),
        "files-too-many": ("error", "More files, or more bytes, than are checked at once."),
        "folder-empty": ("error", "A folder that holds nothing to check."),
        "not-xml": ("error", "Not XML, or broken XML."),
        "xml-encoding": ("error", "XML in an encoding other than UTF-8 or UTF-16; `./run convert` turns it."),
        "xml-entities": ("error", "A document type or entities, which can swell or read other files."),
        "xml-too-deep": ("error", "XML nested more deeply than any diagram."),
        "xml-too-large": ("error", "XML with more elements or bytes than any diagram."),
        "not-yaml": ("error", "Not YAML, or YAML that is more than data."),
        "check-busy": ("error", "Other files are being checked; try again."),
        "check-failed": ("error", "The check itself failed; the file goes to the engineers."),
        "check-pending": ("error", "A draft that nobody checked yet."),
        "check-too-large": ("error", "The check would need more memory than it may have."),
        "check-too-slow": ("error", "The check would take longer than it may."),
    },
    "Diagrams among others": {
        "not-a-diagram": ("error", "XML that is no BPMN 2.0."),
        "engine-refuses": ("error", "What no rule objects to and the engine cannot load all the same."),
        "process-file-name": ("warning", "A process whose id differs from the name of its file."),
        "process-twice": ("error", "Two files with one process."),
        "work-id-twice": ("warning", "Two work items of different processes with one id."),
        "name-elsewhere": ("error", "A name that another file in force has already."),
        "release-does-not-load": ("error", "Files that are good by themselves and do not load together."),
    },
    "Decisions": {
        "not-a-decision": ("error", "XML that is no DMN."),
        "decision-file-name": ("warning", "A decision whose id differs from the name of its file."),
        "hit-policy": ("error", "A hit policy that is not known."),
        "no-output": ("error", "A table without a column for its result."),
        "output-name": ("error", "A result without a name."),
        "output-empty": ("warning", "A rule that leaves a result empty."),
        "no-rules": ("error", "A table without rules."),
        "rule-width": ("error", "A rule with more or fewer cells than the table has columns."),
        "input-expression": ("error", "A column that does not say what it asks."),
        "expression-syntax": ("error", "A cell that FEEL cannot read."),
        "rules-overlap": ("error", "Two rules of a UNIQUE table that match the same."),
        "id-duplicate": ("error", "An id that is used twice."),
        "tests-without-table": ("error", "Examples of a decision that is not there."),
        "expression-too-costly": ("error", "A table whose proof would compute too much."),
        "decision-tests-unreadable": ("error", "A file of examples that cannot be read."),
        "decision-test-failed": ("error", "An example that comes out otherwise."),
        "decision-gap": ("error", "Inputs that no rule answers."),
        "decision-overlap": ("error", "Inputs that several rules of a UNIQUE table answer."),
        "decision-unsafe": ("error", "A rule that breaks a safe outcome."),
        "decision-dead-rule": ("warning", "A rule that no inputs ever reach."),
        "decision-unknown-value": ("error", "A cell with a value that its input never has."),
        "decision-too-large": ("warning", "A table with too many combinations to be proved."),
    },
    "Forms as files, lists, stories": {
        "not-a-form": ("error", "A file that is no form."),
        "form-key-file": ("error", "A form whose id differs from the name of its file."),
        "list-shape": ("error", "A list file of another shape."),
        "list-value": ("error", "A value that no answer could hold."),
        "list-duplicate": ("error", "A value that stands twice in a list."),
        "list-arabic": ("error", "An option without an Arabic label."),
        "list-english": ("warning", "An option without an English label."),
        "not-a-story": ("error", "A scenario that cannot be read."),
        "scenario": ("error", "A story that the diagrams do not tell so."),
    },
}


def in_the_code() -> set[str]:
    """The names of all those rules, as the modules that tell them hold them."""
    found: set[str] = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if re.fullmatch(r"[a-z]+(-[a-z]+)+", node.value) else set()
    return found - NO_RULES

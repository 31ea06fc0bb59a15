"""The table of settings in docs/operate.md, written from the docstrings of engine/settings.py:
`python -m tests.documented`."""

import ast
import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "operate.md"
_BEGIN = "<!-- settings: written by `python -m tests.documented` from engine/settings.py -->\n"
_END = "<!-- end of settings -->"


def settings_table() -> str:
    """A row per setting, in the order of the class: variable, default, what it means."""
    tree = ast.parse((ROOT / "engine" / "settings.py").read_text("utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings")
    rows = ["| variable | default | what it is |", "|---|---|---|"]
    for field, said in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant):
            variable, _, meaning = re.sub(r"\s+", " ", str(said.value.value)).partition(": ")
            rows.append(f"| `{variable}` | {_default(field.value)} | {meaning} |")
    return "\n".join(rows) + "\n"


def _default(value: ast.expr | None) -> str:
    constant = value.args[0] if isinstance(value, ast.Call) else value
    assert isinstance(constant, ast.Constant)
    return "" if constant.value in ("", None) else "`" + str(constant.value) + "`"


def with_table(page: str) -> str:
    """The page with the table as it must be."""
    before, _, rest = page.partition(_BEGIN)
    return before + _BEGIN + settings_table() + _END + rest.partition(_END)[2]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")

"""The order of the house: sizes, one place that commits, one way of imports, nothing of this machine in a file."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
COMMITS_HERE = Path("engine/store/database.py")
OURS = ("engine", "web", "tests", "processes", "forms", "docs", "bench", "packing")
TEXTS = {".py", ".md", ".sh", ".toml", ".yaml", ".yml", ".html", ".js", ".css", ".po", ".bpmn", ".dmn", ".form", ""}
MACHINE = re.compile("|".join(("/wor" + "k/(main|shared|[.])", "/tm" + "p/", "/ro" + "ot/", "/hom" + "e/[a-z]")))
SELF = Path(__file__).resolve()


def modules(*folders: str) -> Iterator[tuple[Path, str]]:
    """Every Python module of some folders, by its path in the repository, generated migrations left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations/versions" not in path.as_posix() and "node_modules" not in path.parts:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def test_no_module_is_longer_than_300_lines() -> None:
    long = {str(path): lines for path, text in modules("engine", "web", "tests", "packing")
            if (lines := text.count("\n")) > LONGEST_MODULE}
    assert not long, f"cut these along their nouns: {long}"


def test_no_function_is_longer_than_40_lines() -> None:
    long = [f"{path}:{f.lineno} {f.name} ({f.end_lineno - f.lineno + 1})" for path, text in modules("engine", "web")
            for f in functions(text) if f.end_lineno is not None and f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION]
    assert not long, f"name the steps inside these: {long}"


def test_nothing_is_imported_inside_a_function() -> None:
    late = {f"{path}:{node.lineno}" for path, text in modules("engine", "web", "tests", "packing")
            for f in functions(text) for node in ast.walk(f) if isinstance(node, (ast.Import, ast.ImportFrom))}
    assert not late, f"import these at the top (a cycle means that a module is cut wrongly): {sorted(late)}"


def test_only_one_module_commits() -> None:
    calls = [f"{path}:{node.lineno}" for path, text in modules("engine", "web") if path != COMMITS_HERE
             for node in ast.walk(ast.parse(text))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"]
    assert not calls, f"go through Database.run instead: {calls}"


def test_no_file_names_this_machine() -> None:
    named = [f"{path.relative_to(ROOT)}:{number}" for path in _texts()
             for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
             if MACHINE.search(line)]
    assert not named, f"no paths of a machine in files: {named}"


def _texts() -> Iterator[Path]:
    """The files of the repository that people write, as git knows them."""
    listed = subprocess.run(["git", "ls-files", "-z", *OURS, "run", "README.md", "pyproject.toml"], cwd=ROOT,
                            capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path != SELF and path.suffix in TEXTS and path.is_file() and path.name != "uv.lock":
            yield path


def test_imports_run_one_way() -> None:
    done = subprocess.run([str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-1_000:]

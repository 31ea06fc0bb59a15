"""`./run test`: style, types, the direction of imports, then every test on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Sequence

CHECKS: tuple[tuple[str, Sequence[str]], ...] = (
    ("style", (sys.executable, "-m", "ruff", "check", ".")),
    ("types", (sys.executable, "-m", "mypy")),
)


def main() -> int:
    """Runs the suite and, beside it, the static checks; arguments go to pytest, and with arguments the checks are left
    out."""
    arguments = sys.argv[1:]
    checks = [] if arguments else [
        (name, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        for name, command in CHECKS
    ]  # fmt: skip
    workers = os.environ.get("TEST_WORKERS", str(os.cpu_count() or 2))
    # -rs: what was left out, and why, is told at the end
    suite = subprocess.run([sys.executable, "-m", "pytest", "-rs", "-n", workers, "--dist", "loadgroup", *arguments])
    failed = []
    for name, check in checks:
        said, _ = check.communicate()
        print(f"{name}: {said.strip()}")
        if check.returncode:
            failed.append(name)
    if failed:
        print(f"Static checks failed: {', '.join(failed)}", file=sys.stderr)
    return suite.returncode or (1 if failed else 0)


sys.exit(main())

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
    """Runs the static checks and the suite; arguments go to pytest, and with arguments the checks are left out."""
    arguments = sys.argv[1:]
    failed = [] if arguments else [name for name, command in CHECKS if subprocess.run(command).returncode]
    workers = os.environ.get("TEST_WORKERS", str(os.cpu_count() or 2))
    # -rs: what was left out, and why, is told at the end
    suite = subprocess.run([sys.executable, "-m", "pytest", "-rs", "-n", workers, "--dist", "loadgroup", *arguments])
    if failed:
        print(f"Static checks failed: {', '.join(failed)}", file=sys.stderr)
    return suite.returncode or (1 if failed else 0)


sys.exit(main())

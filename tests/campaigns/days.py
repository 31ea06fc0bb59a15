"""Every day of the four kinds of people in both languages: `./run days` (the gate walks each in one of them)."""

import os
import subprocess
import sys
from pathlib import Path

from tests.web.browser.days import EVERY_PAIR

DAYS = sorted(str(one) for one in Path(__file__).parents[1].glob("web/browser/test_days_*.py"))


def main() -> int:
    """Runs them; arguments go to pytest."""
    command = [sys.executable, "-m", "pytest", "-n", str(os.cpu_count() or 2), "--dist", "loadgroup", *DAYS]
    return subprocess.run([*command, *sys.argv[1:]], env={**os.environ, EVERY_PAIR: "1"}).returncode


if __name__ == "__main__":
    sys.exit(main())

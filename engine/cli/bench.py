"""`masar bench`: the figures of bench/, which lies beside the engine in the repository and not in the package."""

import subprocess
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure what is promised, on SQLite and on PostgreSQL, and append it to bench/RESULTS.md (--quick: roughly)."""
    if not (ROOT / "bench" / "__main__.py").exists():
        raise click.ClickException("The benchmarks are in the repository, not in the installed package.")
    sys.exit(subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT).returncode)

"""`masar bundle`: the archive for machines without a network; packing/ lies beside the engine in the repository."""

import subprocess
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bundle(arguments: tuple[str, ...]) -> None:
    """Make one archive that installs without a network (FOLDER; --python 3.12: for one version only)."""
    if not (ROOT / "packing" / "__main__.py").exists():
        raise click.ClickException("Archives are made in the repository, not from the installed package.")
    sys.exit(subprocess.run([sys.executable, "-m", "packing", *arguments], cwd=ROOT).returncode)

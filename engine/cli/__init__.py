"""The command line `masar`: one module per command."""

import click


@click.group()
def main() -> None:
    """Masar (مسار): case management on editable diagrams."""

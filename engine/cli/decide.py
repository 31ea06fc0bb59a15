"""`masar decide`: what a decision comes to, and why."""

import click

from engine import dmn
from engine.cli.values import as_json, environment, fail, read_context
from engine.errors import MasarError


@click.command()
@click.argument("file", type=click.Path())
@click.argument("decision")
@click.option("--context", "context", metavar="FILE|-", help="Inputs: a JSON object in a file, or on standard input.")
@click.option("--json", "bare", is_flag=True, help="Print nothing but the value as JSON.")
def decide(file: str, decision: str, context: str | None, bare: bool) -> None:
    """Evaluate a DECISION (id or name) of FILE.dmn; the value is the last line, as JSON."""
    try:
        inputs = read_context(context)
        decided = dmn.load(file).explain(decision, inputs, environment())
        line = as_json(decided.value)
    except MasarError as error:
        raise fail(error.text) from None
    if not bare:
        for name, value in decided.inputs.items():
            click.echo(f"{name} = {as_json(value)}")
        for one in decided.because:
            numbers = ", ".join(map(str, one.rules)) or "—"
            click.echo(f"{one.owner}: القاعدة {numbers} / rule {numbers}: {as_json(one.value)}")
        for number in decided.rules:
            click.echo(f"القاعدة {number} / rule {number}")
        for note in decided.notes:
            click.echo(note.ar)
    click.echo(line)

"""`masar feel`: what an expression comes to."""

import click

from engine.cli.values import as_json, environment, fail, read_context
from engine.errors import MasarError
from engine.feel import compile as compile_feel


@click.command()
@click.argument("expression")
@click.option("--context", "context", metavar="FILE|-", help="Variables: a JSON object in a file or on standard input.")
@click.option("--json", "bare", is_flag=True, help="Print nothing but the value as JSON.")
def feel(expression: str, context: str | None, bare: bool) -> None:
    """Evaluate a FEEL expression; the value is the last line, as JSON."""
    try:
        variables = read_context(context)
        compiled = compile_feel(expression)
        value = compiled(variables, environment())
        line = as_json(value)
    except MasarError as error:
        raise fail(error.text) from None
    missing = sorted(compiled.names - set(variables))
    if missing and not bare:
        click.echo(f"متغيرات بلا قيمة / variables without a value: {', '.join(missing)}", err=True)
    click.echo(line)

"""`masar demo`: the demo ministry in an empty installation."""

from contextlib import closing

import click

from engine.cli.set_up import load_demo
from engine.demo.ministry import is_empty
from engine.masar import open_masar
from engine.settings import load_settings
from engine.setup import prepare_installation, publish_shipped


@click.command()
def demo() -> None:
    """Load the synthetic ministry, its people and about twenty cases; refuses where anybody has an account."""
    settings = load_settings()
    prepare_installation(settings)
    with closing(open_masar(settings)) as masar:
        publish_shipped(masar)
        if not is_empty(masar):
            raise click.ClickException("This installation has accounts already; the demo belongs in an empty one.")
        click.echo(load_demo(masar))

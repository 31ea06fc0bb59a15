"""`masar demo`: the demo ministry in an empty installation."""

from contextlib import closing
from functools import partial

import click

from engine.cli.welcome import keep_logins, welcome
from engine.demo.ministry import is_empty
from engine.demo.seeding import seed_demo
from engine.masar import open_masar
from engine.readiness import unfinished_demo
from engine.settings import load_settings
from engine.setup import prepare_installation, publish_shipped


@click.command()
def demo() -> None:
    """Load the synthetic ministry, its people and about twenty cases; refuses where anybody has an account."""
    settings = load_settings()
    prepare_installation(settings)
    with closing(open_masar(settings)) as masar:
        publish_shipped(masar)
        if not is_empty(masar) and not unfinished_demo(settings).exists():
            raise click.ClickException("This installation has accounts already; the demo belongs in an empty one.")
        seed_demo(masar, partial(keep_logins, settings))
    click.echo(welcome(settings))

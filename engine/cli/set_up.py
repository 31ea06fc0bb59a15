"""`masar set-up`: keys, tables, shipped content and, where nobody has an account yet, the demo ministry."""

from contextlib import closing
from functools import partial

import click

from engine.cli.welcome import keep_logins
from engine.demo.ministry import is_empty
from engine.demo.seeding import seed_demo
from engine.masar import open_masar
from engine.readiness import unfinished_demo
from engine.settings import load_settings
from engine.setup import prepare_installation, publish_shipped


@click.command(name="set-up")
@click.option("--no-demo", is_flag=True, help="Leave out the demo ministry.")
def set_up(no_demo: bool) -> None:
    """Set up what is missing: master key, tables, shipped content, demo. Doing it again changes nothing."""
    settings = load_settings()
    prepare_installation(settings)
    with closing(open_masar(settings)) as masar:
        publish_shipped(masar)
        if not no_demo and (is_empty(masar) or unfinished_demo(settings).exists()):
            seed_demo(masar, partial(keep_logins, settings))

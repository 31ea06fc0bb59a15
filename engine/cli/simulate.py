"""`masar simulate`: synthetic cases over simulated years, in an installation of their own."""

import secrets
import time
from contextlib import closing
from datetime import UTC, datetime

import click

from engine.clock import StoppedClock
from engine.countries import folders_of
from engine.demo.ministry import is_empty, seed_ministry
from engine.masar import open_masar
from engine.scenarios import Stage
from engine.settings import load_settings
from engine.setup import prepare_installation, publish_shipped
from engine.simulation import Told, Years, read_habits
from engine.simulation.staff import hire

FEWEST_MANAGERS = 6


@click.command()
@click.option("--cases", default=1000, type=click.IntRange(1, 1_000_000), help="Reports that come in.")
@click.option("--years", default=3.0, type=click.FloatRange(0.01, 20), help="Simulated years in which they come in.")
@click.option("--begins", default="2023-01-01", type=click.DateTime(["%Y-%m-%d"]), help="The first simulated day.")
@click.option("--seed", default=1, help="The same seed and first day make the same years.")
def simulate(cases: int, years: float, begins: datetime, seed: int) -> None:
    """Make synthetic cases by the real engine with a simulated clock; refuses where anybody has an account."""
    settings = load_settings()
    prepare_installation(settings)
    clock = StoppedClock(begins.replace(hour=6, tzinfo=UTC))
    with closing(open_masar(settings, clock)) as masar:
        publish_shipped(masar)
        if not is_empty(masar):
            raise click.ClickException("This installation has accounts already; simulated cases belong in an empty one")
        password = secrets.token_urlsafe(12)
        with folders_of(settings.processes, settings.forms, settings.country) as folders:
            stage, demo = Stage(*folders), folders[0] / "demo"
            habits = read_habits(demo / "simulation.yaml")
            seed_ministry(masar, demo, password, stage.definitions.lists)
        click.echo(f"The password of the demo's people: {password}")
        masar.db.do_not_wait_for_the_disk()
        hire(masar, stage.cast, max(FEWEST_MANAGERS, cases // habits.managers_for))
        began = time.process_time()
        told = Years(masar, clock, stage, habits, seed).run(cases, years)
        _tell(told, time.process_time() - began)


def _tell(told: Told, seconds: float) -> None:
    done = told.completed + told.sent
    click.echo(f"{told.reports} reports, {done} completed work items in {seconds:.0f} s of processor time: "
               f"{done / max(seconds, 0.001):.0f} a second")
    for what, count in told.left.most_common(20):
        click.echo(f"  left {count}: {what}")

"""`masar units`: the files that put Masar on a server: systemd units, settings, and the proxy that speaks TLS."""

import re
import sys
from pathlib import Path

import click

from engine.settings import load_settings

TEMPLATES = Path(__file__).resolve().parents[1] / "deploying"
NAMES = ("masar-web.service", "masar-worker.service", "masar.env", "nginx.conf", "Caddyfile")
_STATE = "/var/lib/"
_WORD, _PATH = r"[A-Za-z0-9][A-Za-z0-9._-]*", r"(/[A-Za-z0-9._-]+)+"


@click.command()
@click.option("--user", default="masar", show_default=True, help="The account that runs Masar.")
@click.option("--home", default="/var/lib/masar", show_default=True, help="MASAR_HOME, under /var/lib.")
@click.option("--host", default="masar.example", show_default=True, help="The name under which people reach it.")
@click.option("--environment", default="/etc/masar/masar.env", show_default=True, help="Where the settings go.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Write the files there; else print them.")
def units(user: str, home: str, host: str, environment: str, to: Path | None) -> None:
    """Print systemd units, a file of settings, and nginx and Caddy examples that fit this installation."""
    _refuse_odd(user=user, home=home, host=host, environment=environment)
    if not home.startswith(_STATE):
        raise click.BadParameter("systemd keeps it under /var/lib", param_hint="--home")
    values = {
        "USER": user, "HOME": home, "STATE": home.removeprefix(_STATE), "HOST": host, "ENVIRONMENT": environment,
        "PROGRAM": _program(), "PORT": str(load_settings().port),
    }  # fmt: skip
    if to:
        to.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        content = filled(name, values)
        if to:
            (to / name).write_text(content, "utf-8")
        else:
            click.echo(f"# ---- {name}\n{content}")


def _program() -> str:
    """What starts Masar: of an installed release the link that an upgrade moves, of a checkout its own Python."""
    release = Path(sys.prefix).parent
    if (release / ".whole").exists():
        return str(release.parent.parent / "current" / "run")
    return f"{sys.executable} -m engine.cli.main"


def filled(name: str, values: dict[str, str]) -> str:
    """A template with the values of an installation."""
    text = (TEMPLATES / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _refuse_odd(**given: str) -> None:
    for name, text in given.items():
        if not re.fullmatch(_WORD if name in {"user", "host"} else _PATH, text):
            raise click.BadParameter(f"{text!r}: letters, digits, dots and dashes", param_hint=f"--{name}")

"""`masar serve`: the web server."""

from collections.abc import Callable
from typing import Any

import click
from gunicorn.app.base import Application

from engine.cli.port import refuse_taken_port
from engine.settings import load_settings
from web.wsgi import app

CONFIGURATION = "python:web.gunicorn_conf"


@click.command()
def serve() -> None:
    """Serve the pages (gunicorn; HOST, PORT, WEB_PROCESSES and WEB_THREADS say how)."""
    settings = load_settings()
    refuse_taken_port(settings.host, settings.port)
    serve_pages()


def serve_pages() -> None:
    """Runs gunicorn in this process until it is told to stop; ends the process."""
    Pages().run()


class Pages(Application):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with our configuration, which looks neither at the command line nor at files of its own."""

    def load_config(self) -> None:
        """Reads web/gunicorn_conf.py."""
        self.load_config_from_file(CONFIGURATION)

    def load(self) -> Callable[..., Any]:
        """The application of one worker process."""
        return app()

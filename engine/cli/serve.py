"""`masar serve`: the web server."""

import os
import sys

import click

GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "python:web.gunicorn_conf")


@click.command()
def serve() -> None:
    """Serve the pages (gunicorn; HOST, PORT, WEB_PROCESSES and WEB_THREADS say how)."""
    os.execv(GUNICORN[0], list(GUNICORN))

"""The entry for a WSGI server: settings are read and the databases opened once per process."""

from threading import Timer

from flask import Flask

from engine.logs import log_to
from engine.masar import open_masar
from engine.queries.health import load_definitions
from engine.settings import load_settings
from web.app import create_app

AFTER_SECONDS = 0.5


def app() -> Flask:
    """The application of this process."""
    log_to()
    masar = open_masar(load_settings())
    # Parsing all diagrams takes a moment; the first page need not share its processor with it.
    later = Timer(AFTER_SECONDS, load_definitions, (masar,))
    later.daemon = True
    later.start()
    return create_app(masar)

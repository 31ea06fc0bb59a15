"""The entry for a WSGI server: settings are read and the databases opened once per process."""

import sys

from flask import Flask

from engine.masar import open_masar
from engine.settings import load_settings
from web.app import create_app
from web.logs import log_to


def app() -> Flask:
    """The application of this process."""
    log_to(sys.stderr)
    return create_app(open_masar(load_settings()))

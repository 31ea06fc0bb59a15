"""The web application: pages over the commands and queries of the engine."""

from datetime import UTC
from pathlib import Path

from flask import Flask

from engine.masar import Masar
from engine.queries.country import month_names
from web import bundle, incoming, language, security, sessions, timing, words
from web.api import api
from web.errors import answer_errors
from web.metrics import Metrics
from web.pages import PAGES
from web.proxies import KnownProxies
from web.routing import ItemNumber
from web.tally import Tally

LARGEST_REQUEST = 1_000_000  # bytes: the longest form of ours, filled to the brim, several times over
MOST_PARTS = 3_000


def create_app(masar: Masar) -> Flask:
    """An application that serves one opened Masar; keeps no state of its own."""
    app = Flask("web", root_path=str(Path(__file__).parent), static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=MOST_PARTS,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        BABEL_DEFAULT_TIMEZONE=masar.settings.time_zone,
    )
    app.static_folder = "static"  # only now, so that its route obeys the settings above
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    app.extensions["masar"] = masar
    app.url_map.converters["number"] = ItemNumber
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.wsgi_app = KnownProxies(app.wsgi_app, masar.settings)  # type: ignore[method-assign]
    timing.measure(app)
    security.guard(app)
    answer_errors(app)
    incoming.refuse_garbage(app)
    sessions.demand_sign_in(app)
    language.speak(app)
    bundle.install(app)
    words.install(app, lambda: masar.clock().astimezone(UTC), lambda: month_names(masar))
    for pages in PAGES:
        app.register_blueprint(pages)
    app.register_blueprint(api)
    app.extensions["metrics"] = Metrics(masar, Tally(app.view_functions))
    return app

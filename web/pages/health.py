"""For load balancers and monitors: whether this process lives, whether it can serve, and its figures."""

import hmac

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import NotFound

from engine.queries.health import is_reachable, is_servable
from web.sessions import masar, open_to_all

pages = Blueprint("health", __name__)


@pages.get("/health")
@open_to_all
def health() -> tuple[Response, int]:
    """200 while the database answers, 503 otherwise; tells nothing else."""
    return _answer(is_reachable(masar()))


@pages.get("/live")
@open_to_all
def live() -> tuple[Response, int]:
    """200 while this process answers at all, whatever the database does: who restarts processes asks here."""
    return _answer(True)


@pages.get("/ready")
@open_to_all
def ready() -> tuple[Response, int]:
    """200 when the tables are at the version of this code and there is content to begin cases with."""
    return _answer(is_servable(masar()))


@pages.get("/metrics")
@open_to_all
def metrics() -> Response:
    """Figures for Prometheus, for who sends METRICS_TOKEN; for everybody else there is no such page."""
    token, sent = masar().settings.metrics_token, request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
        raise NotFound
    return Response(current_app.extensions["metrics"].text(), mimetype="text/plain; version=0.0.4")


def _answer(good: bool) -> tuple[Response, int]:
    return (jsonify(status="ok"), 200) if good else (jsonify(status="unavailable"), 503)

"""Whether this process can serve, for load balancers."""

from flask import Blueprint, Response, jsonify

from engine.queries.health import is_reachable
from web.sessions import masar, open_to_all

pages = Blueprint("health", __name__)


@pages.get("/health")
@open_to_all
def health() -> tuple[Response, int]:
    """200 while the database answers, 503 otherwise; tells nothing else."""
    return (jsonify(status="ok"), 200) if is_reachable(masar()) else (jsonify(status="unavailable"), 503)

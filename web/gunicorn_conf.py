"""How gunicorn serves Masar. No access log: addresses and query strings are personal data (engine/logs.py)."""

from typing import Any

import web.wsgi  # noqa: F401  imported once, before workers are forked: they start at once and share its memory
from engine.settings import load_settings
from web.tally import use_slot

_settings = load_settings()

wsgi_app = "web.wsgi:app()"
bind = [f"{_settings.host}:{_settings.port}"]
worker_class = "web.serving.PatientWorker"
workers = _settings.web_processes
threads = _settings.web_threads
# The application itself is made after the fork: each worker opens its own database pool.
preload_app = False
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 0
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = "web.server_log.ServerLog"
# Who is asked for is settled in one place, web/proxies.py.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
# It would open a socket in the home of the account that runs us.
control_socket_disable = True


def post_fork(_server: Any, worker: Any) -> None:
    """Gives each worker process its own part of the shared counts."""
    use_slot(worker.age)

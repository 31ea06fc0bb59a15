"""How gunicorn serves Masar. No access log: addresses and query strings are personal data (web/logs.py)."""

import web.wsgi  # noqa: F401  imported once, before workers are forked: they start at once and share its memory
from engine.settings import load_settings

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
# It would open a socket in the home of the account that runs us.
control_socket_disable = True

"""Whom we believe when they say for whom they ask: the proxies of the settings, and nobody else.

X-Forwarded-For decides whose attempts are throttled, X-Forwarded-Proto whether cookies travel by TLS alone. Anybody can
write them, so that from any other peer they are taken off before the application sees the request."""

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

from engine.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FORWARDED = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX", "HTTP_FORWARDED", "HTTP_X_REAL_IP",
)  # fmt: skip


class KnownProxies:
    """A layer before the application: reads the headers of known proxies, drops those of everybody else."""

    def __init__(self, app: "WSGIApplication", settings: Settings) -> None:
        count = settings.trusted_proxies
        self._plain = app
        self._behind = ProxyFix(app, x_for=count, x_proto=count) if count else app
        self._known = settings.proxy_networks() if count else []

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answers a request."""
        if self._knows(str(environ.get("REMOTE_ADDR", ""))):
            return self._behind(environ, start_response)
        for name in _FORWARDED:
            environ.pop(name, None)
        return self._plain(environ, start_response)

    def _knows(self, peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self._known)

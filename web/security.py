"""What browsers are told so that a page of ours can be neither framed, extended nor kept."""

from flask import Flask, Response, current_app, g, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The diagram viewer writes style attributes; only its pages may.
_POLICY_WITH_DIAGRAM = f"{_POLICY}; style-src-attr 'unsafe-inline'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_TWO_YEARS = "max-age=63072000; includeSubDomains"


def guard(app: Flask) -> None:
    """Puts the headers on every answer of the application."""
    app.after_request(_harden)


def shows_a_diagram() -> None:
    """Says that the page being answered holds the diagram viewer."""
    g.shows_a_diagram = True


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.update(_HEADERS)
    headers["Content-Security-Policy"] = _POLICY_WITH_DIAGRAM if g.get("shows_a_diagram") else _POLICY
    headers.setdefault("Cache-Control", "no-store")
    if request.is_secure or current_app.extensions["masar"].settings.public_url.startswith("https:"):
        headers["Strict-Transport-Security"] = _TWO_YEARS
    return response

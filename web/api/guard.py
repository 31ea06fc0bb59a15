"""Who asks by the API: the bearer of an access token, and nobody else. Cookies count for nothing here."""

from flask import g, request

from engine.actor import Actor
from engine.commands.tokens import note_use, note_wrong_token
from engine.queries.tokens import Bearer, bearer_of
from engine.text import Text
from web.problems import Unfit
from web.sessions import masar

LONGEST_TOKEN = 200
_REALM = 'Bearer realm="Masar"'
_NO_TOKEN = Text(
    "أرسل رمز الدخول في الترويسة Authorization: Bearer.", "Send an access token in the header Authorization: Bearer."
)
_WRONG_TOKEN = Text(
    "رمز الدخول مجهول أو منتهٍ أو ملغى، أو حسابه معطّل.",
    "The access token is unknown, expired or revoked, or its account is deactivated.",
)
_NO_SCOPE = Text("نطاق هذا الرمز لا يشمل هذا الإجراء.", "The scope of this token does not cover this operation.")


def demand_token(scope: str) -> None:
    """Lets in who bears a living token of this scope. Raises Unfit (401, 403), Throttled."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if kind.lower() != "bearer" or not token:
        raise Unfit(401, _NO_TOKEN, _REALM)
    found = bearer_of(masar(), token) if len(token) <= LONGEST_TOKEN and token.isascii() else None
    if found is None:
        note_wrong_token(masar(), request.remote_addr or "")
        raise Unfit(401, _WRONG_TOKEN, f'{_REALM}, error="invalid_token"')
    if scope not in found.scopes:
        raise Unfit(403, _NO_SCOPE, f'{_REALM}, error="insufficient_scope", scope="{scope}"')
    g.bearer = found
    note_use(masar(), found)


def actor() -> Actor:
    """Who bears the token of this request."""
    bearer: Bearer = g.bearer
    return bearer.actor

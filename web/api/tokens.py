"""Access tokens of the account that asks: which there are, and ending one."""

from marshmallow import fields

from engine.commands.tokens import revoke_token
from engine.queries.tokens import TokenRow, tokens_of
from web.api.guard import actor
from web.api.operations import operation
from web.api.shapes import Exact, Moment
from web.sessions import masar


class TokenDocument(Exact):
    """A token as its owner sees it; never the token itself. `used_at` is kept to the hour."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    created_at = Moment(required=True)
    expires_at = Moment(required=True)
    used_at = Moment(required=True, allow_none=True)
    revoked_at = Moment(required=True, allow_none=True)


class Tokens(Exact):
    """The tokens of an account, the newest first."""

    rows = fields.List(fields.Nested(TokenDocument), required=True)


@operation("GET", "/tokens", "read", "tokens", answer=Tokens)
def list_tokens() -> dict[str, tuple[TokenRow, ...]]:
    """List one's access tokens."""
    return {"rows": tokens_of(masar(), actor().login)}


@operation("POST", "/tokens/<number:token_id>/revoke", "write", "tokens", status=204, fails=(404,))
def revoke_own_token(token_id: str) -> None:
    """Revoke an access token.

    It holds at the next request; a program may revoke its own.
    """
    revoke_token(masar(), actor().login, token_id)

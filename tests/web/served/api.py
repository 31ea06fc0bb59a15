"""Programs that use the API: each with an access token of somebody in the ministry of conftest.py."""

import io
import json
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from engine.access import SCOPES
from engine.commands.tokens import create_token
from engine.masar import Masar
from tests.web.served.world import World


@dataclass(frozen=True)
class Upload:
    """Files as a form sends them. Put together here, since the test client leaves files open behind large ones."""

    body: bytes
    media_type: str

    @classmethod
    def of(cls, *files: tuple[str, bytes], **fields: str) -> "Upload":
        """Files by name, and the other fields."""
        sent = [FileStorage(io.BytesIO(content), name) for name, content in files]
        boundary, body = encode_multipart({"files": sent, **fields})
        return cls(body, f"multipart/form-data; boundary={boundary}")


@dataclass
class Program:
    """A program with a token; `things` stand for placeholders of addresses."""

    app: Flask
    token: str
    things: dict[str, str] = field(default_factory=dict)
    accepts: str = "en"

    def ask(self, method: str, address: str, document: Any = None, **headers: str) -> TestResponse:
        """One request, with a document (or an upload) where there is one; `Idempotency_Key="k"` is a header."""
        sent = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.accepts}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data, media_type = None, None
        if isinstance(document, Upload):
            data, media_type = document.body, document.media_type
        elif document is not None:
            data, media_type = json.dumps(document).encode(), "application/json"
        path = f"/api/v1{address.format(**self.things)}"
        client = self.app.test_client()
        return client.open(path, method=method, data=data, content_type=media_type, headers=sent)

    def get(self, address: str, **headers: str) -> TestResponse:
        """Reads."""
        return self.ask("GET", address, **headers)

    def read(self, address: str) -> Any:
        """Reads, and gives the document."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def post(self, address: str, document: Any = None, **headers: str) -> TestResponse:
        """Sends."""
        return self.ask("POST", address, document, **headers)


def program(world: World, login: str, *scopes: str) -> Program:
    """A program of somebody in the world, with all scopes unless some are named."""
    return Program(world.app, token_for(world.masar, login, *scopes), world.things)


def token_for(masar: Masar, login: str, *scopes: str) -> str:
    """A new token of an account."""
    return create_token(masar, login, "a test", scopes or SCOPES)


def told(answer: TestResponse) -> Any:
    """The document of an answer, also of a problem."""
    return answer.get_json(force=True)

"""A signed webhook to a listed destination."""

import hmac
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.request import HTTPErrorProcessor, Request, build_opener

from engine.calls.destinations import destination_of, leaving
from engine.calls.work import CallFailed, Work
from engine.feel.codec import dumps
from engine.masar import Masar
from engine.text import Text

SECONDS = 10
SIGNATURE = "Masar-Signature"


class _NoRedirects(HTTPErrorProcessor):
    """Whatever is answered is returned as it is: a destination must not send us elsewhere."""

    def http_response(self, request: Request, response: Any) -> Any:  # noqa: ARG002
        return response

    https_response = http_response


def do_webhook(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Posts the fields that may leave, as JSON, signed with HMAC-SHA256; raises CallFailed unless the answer is 2xx.
    The receiver tells repetitions by `Idempotency-Key`."""
    destination = destination_of(masar.settings.destinations_file, work, "webhook")
    body = dumps({"id": str(work.id), "case": work.case_number, "fields": leaving(destination, work)}).encode()
    request = Request(destination.to, data=body, method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("Idempotency-Key", str(work.id))
    request.add_header(SIGNATURE, "sha256=" + hmac.new(destination.secret.encode(), body, "sha256").hexdigest())
    try:
        with build_opener(_NoRedirects).open(request, timeout=SECONDS) as response:
            status = response.status
    except (OSError, HTTPException, ValueError) as error:
        kind = type(error).__name__
        raise CallFailed(Text(
            f"لا تجيب الجهة «{destination.key}» ({kind}).", f"{destination.key} does not answer ({kind}).")) from error
    if not 200 <= status < 300:
        raise CallFailed(Text(
            f"أجابت الجهة «{destination.key}» بالرمز {status}.", f"{destination.key} answered {status}."))
    return {}

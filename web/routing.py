"""What addresses say: ids, and which of them are for programs."""

from flask import request
from werkzeug.routing import BaseConverter, ValidationError

LARGEST = 2**63 - 1
API = "/api/"


def of_the_api() -> bool:
    """Whether a program asks by the JSON API, where tokens count and cookies do not (web/api)."""
    return request.path.startswith(API)


class ItemNumber(BaseConverter):
    """A 64-bit id as digits, in its one spelling; anything else is no address of ours (404)."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> str:
        """The digits themselves; refuses what no database row can be called."""
        if int(value) > LARGEST:
            raise ValidationError
        return value

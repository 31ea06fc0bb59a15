"""How ids look in addresses."""

from werkzeug.routing import BaseConverter, ValidationError

LARGEST = 2**63 - 1


class ItemNumber(BaseConverter):
    """A 64-bit id as digits, in its one spelling; anything else is no address of ours (404)."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> str:
        """The digits themselves; refuses what no database row can be called."""
        if int(value) > LARGEST:
            raise ValidationError
        return value

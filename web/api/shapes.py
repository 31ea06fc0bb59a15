"""The pieces that the documents of the API are made of: strict about what comes in, exact about what goes out."""

import re
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from engine.clock import iso_text
from engine.text import Text
from web.language import words
from web.routing import LARGEST

SHA256 = "^[0-9a-f]{64}$"
KEY = "^[1-9][0-9]{0,18}$"
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
_WHOLE = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_STRING = _("A string is wanted here.")
_OBJECT = _("A JSON object is wanted here.")


def _told(invalid: str, **more: Any) -> dict[str, Any]:
    """What a field says of values that it does not take."""
    return {
        "error_messages": {
            "required": _("This is needed."), "null": _("This may not be null."), "invalid": invalid,
            "invalid_utf8": invalid,
        },
        **more,
    }


class Exact(Schema):
    """A JSON object of these keys and no others."""

    error_messages = {"unknown": _("No such key is known here."), "type": _OBJECT}  # noqa: RUF012

    class Meta:
        """What is not known is refused, not passed over."""

        unknown = RAISE


class Line(fields.String):
    """A text of bounded length."""

    def __init__(self, longest: int = 200, shortest: int = 1, **more: Any) -> None:
        bounds = validate.Length(
            min=shortest, max=longest,
            error=_("From %(least)s to %(most)s characters are wanted here.", least=shortest, most=longest),
        )
        super().__init__(validate=bounds, **_told(_STRING, **more))


class Key(fields.String):
    """A 64-bit id as digits, in its one spelling."""

    def __init__(self, **more: Any) -> None:
        metadata = {"pattern": KEY, "examples": ["4398046511104"]}
        super().__init__(metadata=metadata, **_told(_("An id in digits is wanted here."), **more))

    def _deserialize(self, value: Any, *_more: Any, **_others: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(KEY[1:-1], value) or int(value) > LARGEST:
            raise self.make_error("invalid")
        return value


class Hash(fields.String):
    """The SHA-256 of a version of a form, in hexadecimal digits."""

    def __init__(self, **more: Any) -> None:
        described = "Of the form that was read, as it was told then."
        super().__init__(
            validate=validate.Regexp(SHA256, error=_("A SHA-256 in hexadecimal digits is wanted here.")),
            metadata={"pattern": SHA256, "description": described}, **_told(_STRING, **more))


class OneOf(fields.String):
    """One word of a closed list."""

    def __init__(self, *choices: str, **more: Any) -> None:
        error = _("One of these is wanted here: %(choices)s.", choices=", ".join(choices))
        super().__init__(validate=validate.OneOf(choices, error=error), **_told(_STRING, **more))


class YesOrNo(fields.Boolean):
    """true or false, and nothing that merely looks like it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**_told(_("true or false is wanted here."), **more))

    def _deserialize(self, value: Any, *_more: Any, **_others: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Count(fields.Integer):
    """A whole number in a range, as a parameter of an address."""

    def __init__(self, least: int, most: int, **more: Any) -> None:
        self.error = _("A whole number from %(least)s to %(most)s is wanted here.", least=least, most=most)
        super().__init__(validate=validate.Range(least, most, error=self.error), **more)

    def _deserialize(self, value: Any, *_more: Any, **_others: Any) -> int:
        if not isinstance(value, str) or not _WHOLE.fullmatch(value):
            raise ValidationError(self.error)
        return int(value)


class Moment(fields.DateTime):
    """A moment: ISO 8601 with its zone; told in UTC."""

    def __init__(self, **more: Any) -> None:
        wanted = _("A moment with its zone is wanted here, such as 2026-11-22T08:00:00Z.")
        super().__init__(**_told(wanted, **more))

    def _serialize(self, value: datetime | None, *_more: Any, **_others: Any) -> str | None:
        return None if value is None else iso_text(value)

    def _deserialize(self, value: Any, *_more: Any, **_others: Any) -> datetime:
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise self.make_error("invalid", input=value)
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.make_error("invalid", input=value) from None


class Words(fields.String):
    """A text of the engine, in the language that the program accepts."""

    def _serialize(self, value: Text | str | None, *_more: Any, **_others: Any) -> str | None:
        return words(value) if isinstance(value, Text) else value


class Answers(fields.Dict):
    """Answers by the keys of a form, which alone judges them."""

    def __init__(self, **more: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.Raw(allow_none=True), **_told(_OBJECT, **more))


def page_of(row: type[Schema], name: str) -> type[Schema]:
    """A keyset page of such rows, with the cursor of the next one."""
    return Exact.from_dict({
        "rows": fields.List(fields.Nested(row), required=True),
        "next": fields.String(
            required=True, allow_none=True, attribute="after",
            metadata={"description": "The `cursor` of the next page; null at the end."},
        ),
    }, name=name)  # fmt: skip


class FindingRow(Exact):
    """One thing to mend in a definition. Errors forbid publishing; warnings and hints do not."""

    file = fields.String(required=True)
    element = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "What the element is called; may be empty."})
    rule = fields.String(required=True)
    severity = OneOf("error", "warning", "hint", required=True)
    message = fields.String(required=True)
    mend = fields.String(required=True)


class ProblemSchema(Exact):
    """An error, as RFC 9457 has it."""

    type = fields.String(required=True, metadata={"description": "urn:masar:problem: and a word to go by."})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.Dict(
        keys=fields.String(), values=fields.String(),
        metadata={"description": "What is wrong, by the path of the value."},
    )
    findings = fields.List(fields.Nested(FindingRow), metadata={"description": "Of definitions: what to mend."})
    who = fields.String(metadata={"description": "Of a conflict: who was faster."})
    when = Moment(metadata={"description": "Of a conflict: when."})
    form_sha256 = fields.String(metadata={"description": "Of a conflict over a form: the version to be answered now."})
    incident = fields.String(metadata={"description": "Of a failure: its number in the log."})

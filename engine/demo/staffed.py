"""People of the stories who stand in filled forms, by the accounts that play them here."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.forms import Form
from engine.forms.fields import Rows
from engine.forms.fields.base import placed
from engine.forms.scope import Scope
from engine.queries.choices import PEOPLE, USERS


def staffed(form: Form, answers: Mapping[str, Any], account_of: Callable[[str], str]) -> dict[str, Any]:
    """The answers with `account_of` each login in them, wherever the form asks for somebody of the staff."""
    return _staffed(form.scope, answers, account_of)


def _staffed(scope: Scope, answers: Mapping[str, Any], account_of: Callable[[str], str]) -> dict[str, Any]:
    found = dict(answers)
    for one in scope.answered:
        path, value = one.field.path, placed(found, one.field.path)
        if value is None or "." in path:
            continue
        if isinstance(one.field, Rows) and isinstance(value, list):
            found[path] = [_staffed(one.field.row, row, account_of) for row in value if isinstance(row, Mapping)]
        elif one.field.component.properties.text("list_dynamic").startswith((USERS, PEOPLE)):
            several = isinstance(value, list)
            found[path] = [account_of(str(login)) for login in value] if several else account_of(str(value))
    return found

"""The JSON API, a module per noun: the same commands and queries as the pages, for programs with an access token."""

from web.api import cases, definitions, messages, migrations, openapi, sealed, tokens, work_items
from web.api.operations import api

__all__ = ["api", "cases", "definitions", "messages", "migrations", "openapi", "sealed", "tokens", "work_items"]

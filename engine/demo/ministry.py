"""Units and people of the demo ministry, from processes/demo/ministry.yaml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, insert, select, update

from engine.commands.accounts import password_hash_of
from engine.forms import Lists
from engine.masar import Masar
from engine.store.accounts import account, membership
from engine.store.units import unit

PROVIDERS = "directory.providers"


def seed_ministry(masar: Masar, folder: Path, password: str, lists: Lists) -> list[str]:
    """Makes the units (providers among them) and the accounts, all with one password; returns who they are."""
    content = yaml.safe_load((folder / "ministry.yaml").read_text("utf-8"))
    hashed, now = password_hash_of(password), masar.clock()

    def work(conn: Connection) -> list[str]:
        ids: dict[str, int] = {}
        for line in [*content["units"], *_providers(lists, content["units"][0]["code"])]:
            ids[line["code"]] = _add_unit(conn, line, ids, content["units"][0]["country"])
        for person in content["people"]:
            values = {
                "login": person["login"], "name_ar": person["ar"], "name_en": person["en"],
                "password_hash": hashed, "is_demo": True, "created_at": now,
            }
            made = conn.execute(insert(account).values(values).returning(account.c.id)).scalar_one()
            for held in person["roles"]:
                role, _, code = held.partition("@")
                conn.execute(insert(membership).values(account_id=made, role=role, unit_id=ids[code]))
        return [_line(person) for person in content["people"]]

    return masar.db.run(work)


def _line(person: Mapping[str, Any]) -> str:
    held = ", ".join(role.replace("_", " ").replace("@", " @ ") for role in person["roles"])
    return f"{person['login']:8}{person['en']}, {held}"


def is_empty(masar: Masar) -> bool:
    """Whether nobody has an account yet."""
    with masar.db.read() as conn:
        return conn.scalar(select(account.c.id).limit(1)) is None


def _providers(lists: Lists, parent: str) -> list[dict[str, Any]]:
    return [
        {"code": option.value, "parent": parent, "kind": "provider", "ar": option.label.ar, "en": option.label.en}
        for option in lists.get(PROVIDERS, ())
        if option.active
    ]


def _add_unit(conn: Connection, line: Mapping[str, Any], ids: Mapping[str, int], country: str) -> int:
    parent = ids.get(line.get("parent", ""))
    values = {
        "code": line["code"], "parent_id": parent, "path": "", "kind": line["kind"], "name_ar": line["ar"],
        "name_en": line["en"], "country": country,
    }
    made = int(conn.execute(insert(unit).values(values).returning(unit.c.id)).scalar_one())
    above = conn.scalar(select(unit.c.path).where(unit.c.id == parent)) if parent else "/"
    conn.execute(update(unit).where(unit.c.id == made).values(path=f"{above}{made}/"))
    return made

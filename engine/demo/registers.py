"""The registers of the demo ministry: its directory of services and its practitioners, from processes/demo."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, select

from engine.access import MANAGERS, SPECIALISTS, SUPERVISORS
from engine.actor import Actor
from engine.commands.practitioners import write_accreditation
from engine.commands.providers import keeper_path, save_entry, suspend_provider
from engine.demo.ministry import PROVIDERS
from engine.forms import Lists, Option
from engine.masar import Masar
from engine.queries.accounts import actor_by_id, actor_named
from engine.registers.entry import Entry
from engine.store import practitioners, service_gaps
from engine.store.accounts import membership

LONG, YEARS = timedelta(days=500), timedelta(days=730)


def seed_registers(masar: Masar, folder: Path, lists: Lists) -> None:
    """Fills both registers, by the accounts that keep them."""
    content = yaml.safe_load((folder / "registers.yaml").read_text("utf-8"))
    now = masar.clock()
    with masar.db.read() as conn:
        keeper = actor_named(conn, content["directory_kept_by"])
        trainer = actor_named(conn, content["practitioners_kept_by"])
    assert keeper is not None and trainer is not None

    def work(conn: Connection) -> None:
        for entry in _entries(content, lists, now.date()):
            save_entry(masar, conn, keeper, None, entry, "الدليل التجريبي", keeper_path(keeper), now)
        _accredit(masar, conn, trainer, content, now)
        _train(conn, trainer, content, now)
        _miss(masar, conn, keeper, content, now)

    masar.db.run(work)
    for code, reason in content["suspended"].items():
        suspend_provider(masar, keeper, code, reason)


def _entries(content: Mapping[str, Any], lists: Lists, day: date) -> Iterator[Entry]:
    for option in lists.get(PROVIDERS, ()):
        left = timedelta(days=content["licence_ends"].get(option.value, LONG.days))
        ends = (day + left).isoformat()
        yield {
            "code": option.value, "name_ar": option.label.ar, "name_en": option.label.in_("en"),
            "agency_type": str(option.facts["agency_type"]), "emergency_24_7": bool(option.facts.get("emergency_24_7")),
            "contact": "", "licence": "valid", "licence_no": f"L-{option.value[-4:]}", "licence_until": ends,
            "agreement_no": f"A-{option.value[-4:]}", "agreement_until": ends, "standard": "دليل الخدمات المعيارية",
            "standard_until": (day + LONG).isoformat(),
            "areas": [{"governorate": one} for one in _texts(option.facts.get("governorates"))],
            "services": list(_services(option)),
        }


def _services(option: Option) -> Iterator[dict[str, Any]]:
    given = option.facts.get("monthly_capacity")
    capacity = max(1, (given if isinstance(given, int) else 10) // max(1, len(option.parents)))
    for place, service in enumerate(option.parents):
        yield {"service_type": service, "sex": "any", "price": "free", "capacity": capacity,
               "places_free": capacity if place else capacity // 2}  # fmt: skip


def _accredit(masar: Masar, conn: Connection, trainer: Actor, content: Mapping[str, Any], now: datetime) -> None:
    roles = sorted(MANAGERS | SPECIALISTS | SUPERVISORS)
    ids = conn.scalars(select(membership.c.account_id).where(membership.c.role.in_(roles)).distinct()).all()
    for id_ in ids:
        person = actor_by_id(conn, id_)
        assert person is not None
        left = timedelta(days=content["accreditation_ends"].get(person.login, YEARS.days))
        for setting in content["settings"]:
            answers = {
                "setting": setting, "profession": "social", "number": f"{id_:04d}-{setting[:1].upper()}",
                "valid_from": now.date() - YEARS, "valid_until": now.date() + left, "reason": "السجل التجريبي",
            }
            write_accreditation(masar, conn, trainer, person, answers, now)


def _train(conn: Connection, trainer: Actor, content: Mapping[str, Any], now: datetime) -> None:
    for line in [*content["needed"], *content["trainings"]]:
        person = actor_named(conn, line["login"])
        assert person is not None
        done = (now.date() - timedelta(days=line["ago"])).isoformat() if "ago" in line else ""
        practitioners.add_training(conn, {
            "account_id": person.id, "topic": line["topic"], "done_on": done, "hours": line.get("hours", 0),
            "valid_until": "", "entered_by": trainer.id, "entered_at": now,
        })  # fmt: skip


def _miss(masar: Masar, conn: Connection, keeper: Actor, content: Mapping[str, Any], now: datetime) -> None:
    for line in content["gaps"]:
        for nth in range(line["times"]):
            once = masar.vault.hash("service gap", f"demo {line} {nth}")[:16]
            service_gaps.note(conn, line["service"], line["governorate"], "", line["age"], keeper_path(keeper), once,
                              now - timedelta(days=nth * 5))  # fmt: skip


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []

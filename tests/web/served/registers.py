"""The two registers in the small world: their forms and lists, one provider, one conflict of interest."""

from pathlib import Path

from engine.commands.practitioners import declare_conflict
from engine.commands.providers import add_provider
from engine.definitions import Source
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.store import practitioners

ROOT = Path(__file__).resolve().parents[3]
FORMS = ("directory_entry", "directory_renewal", "accreditation_entry", "training_entry", "conflict_declaration")
LISTS = ("registers", "service_types", "agency_types", "places")
LISTED = "prov_safe"


def register_sources() -> list[Source]:
    """The shipped forms and lists that the registers stand on."""
    forms = [Source("form", key, (ROOT / "forms" / f"{key}.form").read_bytes()) for key in FORMS]
    return forms + [Source("list", key, (ROOT / "forms" / "lists" / f"{key}.yaml").read_bytes()) for key in LISTS]


def fill_registers(masar: Masar) -> dict[str, str]:
    """Enters a provider and lets the manager declare a conflict; returns their names."""
    with masar.db.read() as conn:
        keeper, manager = actor_named(conn, "keeper"), actor_named(conn, "manager")
    assert keeper and manager
    raw = {
        "code": LISTED, "name_ar": "دار السلامة", "agency_type": "court", "licence": "none", "reason": "وثيقة",
        "services.0.service_type": "advice", "services.0.sex": "any", "services.0.price": "free",
    }
    add_provider(masar, keeper, {name: [value] for name, value in raw.items()})
    declare_conflict(masar, manager, {"kind": ["relative"], "full_name": ["سامر الحسن"]})
    with masar.db.read() as conn:
        (row,) = practitioners.conflicts_of(conn, manager.id)
    return {"listed": LISTED, "conflict": str(row.id)}

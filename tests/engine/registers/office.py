"""A small ministry with both registers: its people, forms that name a manager and a provider, what tests do often."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from engine.actor import Actor
from engine.bpmn import visible
from engine.commands.practitioners import accredit
from engine.commands.providers import add_provider
from engine.commands.standing import case_of
from engine.definitions import Source
from engine.library import publish
from engine.masar import Masar
from engine.queries.offered import offered_lists
from engine.store import absences, cases
from engine.store.accounts import account, membership
from engine.store.units import unit
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

ROOT = Path(__file__).parents[3]
PEOPLE = {
    "nawal": ("نوال شعبان", "directory_manager", "ministry"), "maher": ("ماهر الصفدي", "training_officer", "ministry"),
    "lubna": ("لبنى العطار", "coordination_member", "ministry"), "laila": ("ليلى حداد", "duty_supervisor", "ministry"),
    "reem": ("ريم الخطيب", "form_organiser", "centre"),
}
FORMS = ("directory_entry", "directory_renewal", "accreditation_entry", "training_entry", "conflict_declaration")
NAMING = """{"id": "naming", "type": "default", "schemaVersion": 19, "components": [
  {"type": "textfield", "id": "F0", "key": "first_name", "label": "الاسم", "properties": {"label_en": "Name"}},
  {"type": "textfield", "id": "F1", "key": "family_name", "label": "الكنية", "properties": {"label_en": "Family"}},
  {"type": "textfield", "id": "F2", "key": "care_arrangement", "label": "يعيش", "properties": {"label_en": "Lives"}},
  {"type": "select", "id": "F3", "key": "case_manager", "label": "المدير", "valuesKey": "users.case_manager",
   "validate": {"required": true}, "properties": {"label_en": "Manager", "list_dynamic": "users.case_manager"}}]}"""
REFERRAL = """{"id": "referring", "type": "default", "schemaVersion": 19, "components": [
  {"type": "select", "id": "F1", "key": "service_type", "label": "الخدمة", "valuesKey": "service_types",
   "validate": {"required": true}, "properties": {"label_en": "Service", "list": "service_types"}},
  {"type": "select", "id": "F2", "key": "provider", "label": "الجهة", "valuesKey": "directory.providers",
   "validate": {"required": true}, "properties": {"label_en": "Provider", "list_dynamic": "directory.providers",
   "list_parent": "service_type"}}]}"""
NAMED = d.simple("case", d.user("name", groups="form_organiser", form="naming"), ids=("name",))
REFERRED = d.simple("case", d.user("refer", groups="case_manager", form="referring"), ids=("refer",))


@dataclass
class Office:
    """The house with its registers."""

    house: House

    @property
    def masar(self) -> Masar:
        """The installation."""
        return self.house.masar

    def person(self, login: str) -> Actor:
        """Somebody with the rights of now."""
        return self.house.person(login)

    def furnish(self) -> None:
        """Makes the people who keep the registers, and publishes forms, lists and D16 with one diagram of each kind."""

        def work(conn: Any) -> None:
            units = {row.code: row.id for row in conn.execute(select(unit.c.code, unit.c.id))}
            for login, (name, role, code) in PEOPLE.items():
                row = {"login": login, "name_ar": name, "name_en": login, "created_at": self.house.clock()}
                made = conn.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
                conn.execute(insert(membership).values(account_id=made, role=role, unit_id=units[code]))
            publish(conn, self.sources(), 0, "registers", self.house.clock())

        self.masar.db.run(work)

    def sources(self) -> list[Source]:
        """The shipped forms and lists of the registers, the decision, and two forms of a case."""
        found = [Source("form", key, (ROOT / "forms" / f"{key}.form").read_bytes()) for key in FORMS]
        found += [Source("form", "naming", NAMING.encode()), Source("form", "referring", REFERRAL.encode())]
        lists = sorted((ROOT / "forms" / "lists").glob("*.yaml"))
        found += [Source("list", path.stem, path.read_bytes()) for path in lists if path.stem != "calendar"]
        content = (ROOT / "processes" / "decisions" / "D16_caseload.dmn").read_bytes()
        return [*found, Source("decision", "D16_caseload", content)]

    def provider(self, code: str, **more: Any) -> None:
        """Enters a provider: licensed, with an agreement, for everybody, in Damascus, with free places."""
        add_provider(self.masar, self.person("nawal"), provider_raw(code, **more))

    def accredit(self, login: str, setting: str = "family", days: int = 400) -> None:
        """Accredits somebody for so many days from now."""
        ends = (self.house.clock() + timedelta(days=days)).date().isoformat()
        raw = {"setting": setting, "profession": "social", "number": "7", "valid_from": "2024-01-01",
               "valid_until": ends, "code_signed": "true", "background_checked": "true", "reason": "وثيقة"}  # fmt: skip
        accredit(self.masar, self.person("maher"), self.person(login).id, {k: [v] for k, v in raw.items()})

    def offered(self, item: str, form: str, of_list: str) -> dict[str, str | None]:
        """Who or what stands in a list of the form of a work item, with why it may not be chosen."""
        masar = self.masar
        with masar.db.read() as conn:
            case = cases.load(conn, masar.vault, case_of(int(item)))
            assert case is not None
            definitions = masar.library.of(conn, case.bundle_id)
            context = visible(case.state, 0)
            lists = offered_lists(masar, conn, definitions, definitions.form(form), case, context, masar.clock())
        return {one.value: one.why_not.en if one.why_not else None for one in lists[of_list] if one.active}

    def send_away(self, login: str, deputy: str) -> None:
        """Lets somebody be away now."""
        now = self.house.clock()
        ids = self.person(login).id, self.person(deputy).id
        self.masar.db.run(lambda conn: absences.add(conn, *ids, now, now + timedelta(days=3), ids[0], now))

    def give_role(self, login: str, role: str, code: str = "centre") -> None:
        """One more role for somebody, in the centre unless another unit is named."""

        def work(conn: Any) -> None:
            centre = conn.scalar(select(unit.c.id).where(unit.c.code == code))
            conn.execute(insert(membership).values(account_id=self.person(login).id, role=role, unit_id=centre))

        self.masar.db.run(work)

    def provider_unit(self, code: str) -> None:
        """Somebody of a provider who can sign in to answer."""

        def work(conn: Any) -> None:
            values = {"code": code, "parent_id": 1, "path": "", "kind": "provider", "name_ar": code}
            made = conn.execute(insert(unit).values(values).returning(unit.c.id)).scalar_one()
            conn.execute(unit.update().where(unit.c.id == made).values(path=f"/1/{made}/"))
            row = {"login": f"of-{code}", "name_ar": code, "name_en": code, "created_at": self.house.clock()}
            who = conn.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
            conn.execute(insert(membership).values(account_id=who, role="provider_user", unit_id=made))

        self.masar.db.run(work)

    def hire(self, login: str) -> None:
        """One more case manager in the centre."""
        row = {"login": login, "name_ar": f"عامل {login}", "name_en": login, "created_at": self.house.clock()}
        self.masar.db.run(lambda conn: conn.execute(insert(account).values(row)))
        self.give_role(login, "case_manager")

    def fill(self, login: str, cases: int, risk: str = "low") -> None:
        """Gives somebody so many cases more."""
        self.house.publish(NAMED)
        for nth in range(cases):
            origin = f"{login} {risk} {nth} {self.house.open_count()}"
            self.house.open("case", origin=origin, case_manager=login, unit="centre", risk_level=risk)


def provider_raw(code: str, **more: Any) -> dict[str, list[str]]:
    """What the form of a provider holds; `services` are (service, fields), `areas` (governorate, district)."""
    services = more.pop("services", [("counselling_family", {})])
    areas = more.pop("areas", [("damascus", "")])
    flat = {
        "code": code, "name_ar": f"جهة {code}", "name_en": f"Provider {code}", "agency_type": "local_ngo",
        "licence": "valid", "licence_until": "2028-01-01", "agreement_until": "2028-01-01", "reason": "من وثائقها",
        **more,
    }
    for place, (service, fields) in enumerate(services):
        line = {"service_type": service, "sex": "any", "price": "free", "places_free": "3", **fields}
        flat |= {f"services.{place}.{name}": value for name, value in line.items()}
    for place, (governorate, district) in enumerate(areas):
        flat |= {f"areas.{place}.governorate": governorate, f"areas.{place}.district": district}
    return {name: [value] for name, value in flat.items() if value}

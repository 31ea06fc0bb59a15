"""A ministry with a directorate, a department and a centre, on the shipped diagrams of complaints and inspections."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from engine.actor import SYSTEM
from engine.commands.complaints import submit_complaint
from engine.commands.opening import Opening, open_file
from engine.commands.providers import save_entry
from engine.commands.work import claim_work, complete_work
from engine.definitions import Source
from engine.library import publish
from engine.replay import verify_case
from engine.store import cases
from engine.store.accounts import account, membership
from engine.store.cases import CaseFile, case_file
from engine.store.units import unit
from engine.worker import run_pass
from tests.engine.commands.house import ROOT, House
from tests.engine.complaints.diagrams import CASE, REPORTING

UNITS = {"ministry": "/1/", "north": "/1/2/", "department": "/1/2/3/", "centre": "/1/2/3/4/"}
PEOPLE = {
    "huda": ("case_manager", "centre"), "karim": ("case_manager", "centre"), "mona": ("case_supervisor", "centre"),
    "layla": ("dept_head", "department"), "adel": ("directorate_director", "north"),
    "rana": ("reception_officer", "north"), "ziad": ("duty_supervisor", "north"),
    "hayat": ("complaint_officer", "north"), "fares": ("central_services", "ministry"),
    "dalal": ("data_protection_officer", "ministry"), "yasin": ("auditor", "ministry"),
    "qasem": ("quality_officer", "ministry"), "munir": ("inspector", "ministry"),
    "bassam": ("hotline_officer", "ministry"), "rihab": ("quality_officer", "ministry"),
    "nawal": ("directory_manager", "ministry"), "shifa": ("provider_user", "clinic"),
}
COMPLAINT = {"complaint_text": ["لم يتصل بنا أحد"], "complaint_about": ["worker"], "staff_misconduct": ["no"],
             "channel": ["telephone"]}  # fmt: skip
TAKEN = {"receipt_told": ["told"], "protection": ["تتابعها زميلة أخرى"], "about_confirmed": ["worker"],
         "misconduct_now": ["no"]}  # fmt: skip
FOUND = {"heard_complainant": ["yes"], "heard_concerned": ["yes"], "findings": ["لم يُسجل أي تواصل معها طوال الشهر"],
         "result": ["upheld"], "measures": ["مدير آخر"], "misconduct_found": ["no"]}  # fmt: skip
VISIT = {
    "visited_on": ["2026-11-20"], "announced": ["no"], "licence": ["valid"], "capacity": ["30"], "residents": ["22"],
    "residents_interviewed": ["5"], "danger": ["no"], "axis_building": ["a3"], "axis_management": ["a3"],
    "axis_care": ["a3"], "axis_rights": ["a2"], "findings": ["نظيفة، والمقيمون يعرفون كيف يشتكون"], "result": ["pass"],
    "staffing.0.staff_kind": ["carer"], "staffing.0.required": ["8"], "staffing.0.present": ["6"],
}  # fmt: skip
HOME = {
    "code": "prov_wafa", "name_ar": "دار الوفاء", "name_en": "Al-Wafa Home", "agency_type": "elderly_home",
    "licence": "valid", "licence_until": "2028-01-01", "agreement_until": "2028-01-01", "services": [], "areas": [],
}  # fmt: skip


class Town(House):
    """A house of complaints and inspections."""

    def furnish(self) -> None:
        """Units, people, diagrams, one provider."""
        self.masar.db.run(lambda conn: publish(conn, sources(), 0, "test", self.clock()))
        self.masar.db.run(self._people)
        keeper = self.person("nawal")
        self.masar.db.run(lambda conn: save_entry(
            self.masar, conn, keeper, None, HOME, "", UNITS["ministry"], self.clock()))

    def _people(self, conn: Any) -> None:
        ids = {"clinic": 9}
        kinds = {"north": "directorate", "ministry": "ministry"}
        for code, path in UNITS.items():
            ids[code] = int(path.strip("/").split("/")[-1])
            parent = ids[code] - 1 or None
            row = {"id": ids[code], "code": code, "parent_id": parent, "path": path, "kind": kinds.get(code, code)}
            conn.execute(insert(unit).values(row | {"name_ar": code, "name_en": code}))
        row = {"id": 9, "code": "clinic", "parent_id": 2, "path": "/1/2/9/", "kind": "provider", "name_ar": "عيادة"}
        conn.execute(insert(unit).values(row))
        for login, (role, place) in PEOPLE.items():
            values = {"login": login, "name_ar": login, "name_en": login, "created_at": self.clock()}
            made = conn.execute(insert(account).values(values).returning(account.c.id)).scalar_one()
            conn.execute(insert(membership).values(account_id=made, role=role, unit_id=ids[place]))

    def open_case(self, origin: str = "test") -> CaseFile:
        """A case of the centre, managed by huda."""
        opening = Opening("case", "case", 4, UNITS["centre"], {"case_manager": "huda"}, "case_number", "case_opened",
                          origin)  # fmt: skip
        return self.file(open_file(self.masar, SYSTEM, opening).id)

    def complain(self, who: str = "rana", token: str = "one", **fields: str) -> CaseFile:
        """A complaint of the centre's case, typed in by somebody, with all that follows at once."""
        raw = {**COMPLAINT, **{name: [value] for name, value in fields.items()}}
        receipt = submit_complaint(self.masar, self.person(who), raw, token)
        self.settle()
        return self.file(int(receipt.case_id))

    def settle(self) -> None:
        """The worker does all that is due."""
        while run_pass(self.masar).anything:
            pass

    def file(self, case_id: int) -> CaseFile:
        """A file as it stands."""
        with self.masar.db.read() as conn:
            found = cases.load(conn, self.masar.vault, case_id)
        assert found is not None
        return found

    def newest(self, kind: str) -> CaseFile:
        """The newest file of a kind."""
        with self.masar.db.read() as conn:
            query = select(case_file.c.id).where(case_file.c.kind == kind).order_by(case_file.c.id.desc())
            found = conn.scalar(query.limit(1))
        assert found is not None
        return self.file(found)

    def does(self, who: str, case_id: int, element: str, raw: Mapping[str, list[str]]) -> None:
        """Somebody takes and completes an open work item, and what follows happens."""
        item = str(self.items(case_id)[element].id)
        claim_work(self.masar, self.person(who), item)
        complete_work(self.masar, self.person(who), item, raw, f"{who} {item}")
        self.settle()

    def holds(self, case_id: int) -> None:
        """The history of a file proves itself."""
        assert verify_case(self.masar, case_id).problems == ()


def sources() -> list[Source]:
    """The shipped complaints and inspections with all forms and lists, and short reports and cases."""
    shipped = ("complaint", "complaint_appeal", "institution_inspection")
    found = [Source("process", key, (ROOT / "processes" / f"{key}.bpmn").read_bytes()) for key in shipped]
    found += [Source("process", "reporting", REPORTING), Source("process", "case", CASE)]
    for file in sorted((ROOT / "processes" / "decisions").glob("*.dmn")):
        if file.name.startswith(("D15", "D21", "D22")):
            found.append(Source("decision", file.stem, file.read_bytes()))
    for file in sorted((ROOT / "forms").glob("*.form")):
        if file.name.startswith(("complaint", "institution")):
            found.append(Source("form", file.stem, file.read_bytes()))
    lists = (ROOT / "forms" / "lists").glob("*.yaml")
    for file in sorted(lists):
        found.append(Source("calendar" if file.stem == "calendar" else "list", file.stem, file.read_bytes()))
    return found

"""The pages of the two registers, made up, in the states that their templates can meet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from engine.forms.lists import load_lists
from engine.queries.inspections import Inspected, Institution, Visit
from engine.queries.practitioners import (
    Accreditation,
    ConflictLine,
    Practitioner,
    PractitionerPage,
    RegisterAct,
    RegisterPage,
    Training,
)
from engine.queries.providers import Act, KeptPage, Need, ProviderPage, ProviderRow, SearchPage, Service
from engine.queries.service_gaps import Gap
from engine.text import Text
from tests.web import samples

LISTS = load_lists(Path(__file__).resolve().parents[2] / "forms" / "lists")
FAMILY = Text("إرشاد أسري", "Family counselling")
PAID = Service(FAMILY, (6, 17), Text("الإناث", "Women and girls"), Text("مقابل أجر", "For a charge"), 500, 12, 0)
FREE = Service(
    Text("إيواء طارئ", "Emergency shelter"), (0, 200), Text("الجميع", "Everybody"),
    Text("مجانية", "Free of charge"), None, None, 4,
)
ENDED = Text("انتهى ترخيصها في 21 نوفمبر 2026", "its licence ended on 21 November 2026")
OPEN = ProviderRow(
    "prov_aman", Text("جمعية أمان لحماية الأسرة والمرأة والطفل", "Aman Association for the Protection of the Family"),
    Text("جمعية أو منظمة أهلية", "Local NGO"), "سلمى، 0999 000 111", True, (FREE, PAID),
    (Text("دمشق: الميدان", "Damascus: Al-Midan"), Text("ريف دمشق", "Rif Dimashq")), None, date(2026, 12, 3), True,
)
CLOSED = replace(OPEN, code="prov_amal", why_not=ENDED, ends=None, stale=False, contact="", areas=())
PLAIN = replace(OPEN, code="prov_nour", ends=None, stale=False)
RECORD = (
    Act(Text("جُدّدت", "Renewed"), samples.MONA.name, samples.NOW, "رأيت الترخيص الجديد", (Text("licence_until"),)),
    Act(Text("أُدخلت", "Entered"), samples.MONA.name, samples.NOW, "من وثائقها", ()),
)
ENTRY = {"licence_no": "L-17", "agreement_no": "A-4", "standard": "دليل الخدمات"}
DAYS = {"licence_until": date(2020, 1, 1), "agreement_until": date(2100, 1, 1), "standard_until": None}
PROVIDER = ProviderPage(OPEN, ENTRY, Text("مرخّص", "Licensed"), DAYS, 3, False, True, True, RECORD)
FOUND = SearchPage(LISTS, (OPEN, PLAIN), True, True, True)
NO_REASON = {"reason": Text("اكتب السبب.", "Say why.")}
HELD = (
    Accreditation("family", Text("في الأسر", "With families"), Text("أخصائي اجتماعي", "Social worker"), "0017-F",
                  date(2024, 1, 1), date(2027, 1, 1), False, "warn"),
    Accreditation("institution", Text("في مؤسسات الرعاية", "In care institutions"), Text("أخصائي نفسي", "Psychologist"),
                  "0017-I", date(2024, 1, 1), date(2026, 1, 1), True, "danger"),
)  # fmt: skip
TOPIC = Text("العمل مع الناجين من العنف الجنسي", "Working with survivors of sexual violence")
MONA = Practitioner(4, samples.MONA.name, HELD, (TOPIC,))
REGISTER = RegisterPage((MONA, Practitioner(5, samples.MONA.name, (), ())), True, False, True, ((TOPIC, 3),))
PERSON = PractitionerPage(
    MONA, (Training(TOPIC, date(2025, 3, 1), 18, date(2026, 3, 1), True),),
    (ConflictLine(2, Text("قريب لي", "A relative of mine"), samples.NOW),),
    (RegisterAct(Text("اعتُمد", "Accredited"), samples.MONA.name, samples.NOW, "رأيت الشهادة"),), True, False,
)
GAPS = (
    Gap(Text("علاج إدمان", "Addiction treatment"), Text("دمشق", "Damascus"), Text("١٢–١٧ سنة", "12–17 years"), 11),
    Gap(Text("اختبار قضائي ومراقبة اجتماعية", "Probation and social supervision"), Text("حمص", "Homs"),
        Text("العمر غير معروف", "Age unknown"), None),
)  # fmt: skip


VISITED = Visit(
    "77", "I-2026-000003", Text("متابعة خطة التصويب", "Follow-up of the improvement plan"), samples.NOW,
    samples.NOW.date(), Text("مطابق مع خطة تصويب", "Compliant with corrective plan"), samples.NOW.date(),
    ((Text("البنية والبيئة", "Building and environment"), Text("3 – مستوفٍ", "3 – met")),),
    ((Text("المقيمون", "Residents"), "22"), (Text("نقص العاملين", "Staff missing"), "3")),
)
OPENED = replace(VISITED, number="I-2026-000004", visited_on=None, result=None, next_on=None, scores=(), numbers=())
INSPECTED = Inspected((OPENED, VISITED), False, True)
HOME = Institution("prov_wafa", Text("دار الوفاء", "Al-Wafa Home"), Text("دار مسنين", "Elderly home"), VISITED, False,
                   False)  # fmt: skip
INSTITUTIONS = (replace(HOME, visit=None, late=True), replace(HOME, visit=OPENED, waiting=True), HOME)


def shown(**given: Any) -> Callable[[], dict[str, Any]]:
    """A page as somebody who keeps both registers sees it."""
    return lambda: {
        "actor": samples.MONA, "may_search_directory": True, "may_keep_practitioners": True, "wrong": {}, "raw": {},
        **given,
    }


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "directory": ("registers/search.html", shown(page=replace(FOUND, found=None, keeps=False), need=Need())),
    "directory_found": (
        "registers/search.html",
        shown(page=FOUND, need=Need("counselling_family", "damascus", "midan", 9, "female", True, True), missed=False),
    ),
    "directory_none": (
        "registers/search.html",
        shown(page=replace(FOUND, found=(), more=False), need=Need("addiction"), missed=True),
    ),
    "directory_gaps": ("registers/gaps.html", shown(gaps=GAPS, fewest=5)),
    "directory_no_gaps": ("registers/gaps.html", shown(gaps=(), fewest=5)),
    "directory_kept": ("registers/kept.html", shown(page=KeptPage((OPEN, CLOSED, PLAIN), "prov_nour", False))),
    "directory_empty": ("registers/kept.html", shown(page=KeptPage((), None, True))),
    "provider": ("registers/provider.html", shown(page=replace(PROVIDER, inspected=INSPECTED))),
    "provider_unvisited": (
        "registers/provider.html", shown(page=replace(PROVIDER, inspected=Inspected((), True, False)))),
    "institutions": ("registers/institutions.html", shown(rows=INSTITUTIONS)),
    "institutions_none": ("registers/institutions.html", shown(rows=())),
    "provider_wrong": ("registers/provider.html", shown(page=PROVIDER, wrong=NO_REASON)),
    "provider_suspended": (
        "registers/provider.html", shown(page=replace(PROVIDER, row=CLOSED, suspended=True, may_reinstate=False))
    ),
    "provider_to_lift": ("registers/provider.html", shown(page=replace(PROVIDER, row=CLOSED, suspended=True))),
    "provider_read": ("registers/provider.html", shown(page=replace(PROVIDER, may_keep=False, record=()))),
    "practitioners": ("registers/practitioners.html", shown(page=REGISTER)),
    "practitioner": ("registers/practitioner.html", shown(page=PERSON)),
    "practitioner_wrong": (
        "registers/practitioner.html", shown(page=PERSON, wrong=NO_REASON, raw={"setting": ["family"]})
    ),
    "practitioner_new": (
        "registers/practitioner.html",
        shown(page=PractitionerPage(Practitioner(5, samples.MONA.name, (), ()), (), (), (), False, False)),
    ),
}
LOOKED_AT = ["provider", "institutions", "directory_found", "directory_none", "directory_gaps", "directory_kept",
             "provider_wrong", "practitioners", "practitioner_wrong"]  # fmt: skip

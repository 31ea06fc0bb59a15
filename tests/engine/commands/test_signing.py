"""Whoever is invited to a conference signs before they see anything of the file."""

import pytest

from engine.commands.work import complete_work
from engine.errors import MasarError, NotFound
from engine.queries.cases import case_page
from engine.queries.work import work_page
from engine.queries.worklist import worklist_for
from engine.replay import verify_case
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

INVITED = d.file(
    d.process(
        "case", d.start(), d.user("study", groups="case_manager", assignee="=case_manager", form="note"),
        d.user("sign", groups="case_manager,dept_head", assignee="=guest", form="confidentiality_undertaking"),
        d.end(), d.path("S", "study", "sign", "E"),
    )
)  # fmt: skip
UNDERTAKING = """{"id": "confidentiality_undertaking", "type": "default", "schemaVersion": 19, "components": [
  {"id": "F1", "type": "checkbox", "key": "undertaking", "label": "أتعهد", "validate": {"required": true},
   "properties": {"label_en": "I undertake", "sensitivity": "ordinary"}}]}""".encode()


@pytest.fixture
def case(house: House) -> int:
    """A case of Mona's whose study is written, to which Karim is invited."""
    house.publish(INVITED, confidentiality_undertaking=UNDERTAKING)
    case = house.open("case", case_manager="mona", guest="karim", person={"name": "سلمى"}).id
    complete_work(house.masar, house.person("mona"), house.key(case, "study"), {"text": ["سر"]}, "t1")
    return case


def test_an_invited_colleague_sees_the_invitation_and_nothing_of_the_case(house: House, case: int) -> None:
    karim, item = house.person("karim"), house.key(case, "sign")
    page = work_page(house.masar, karim, item)
    assert page.known == () and page.may_complete
    assert page.row.case.person != "سلمى"
    with pytest.raises(NotFound):
        case_page(house.masar, karim, str(case))
    assert all(row.case.person != "سلمى" for row in worklist_for(house.masar, karim, "mine").rows)
    complete_work(house.masar, karim, item, {"undertaking": ["true"]}, "t2")
    assert house.items(case) == {} and verify_case(house.masar, case).problems == ()


def test_nobody_signs_for_whoever_is_invited(house: House, case: int) -> None:
    for login in ("mona", "samer", "huda"):
        with pytest.raises(MasarError):
            complete_work(house.masar, house.person(login), house.key(case, "sign"), {"undertaking": ["true"]}, "t3")
        assert "sign" in house.items(case)

"""Why a case took its way stands in its history, also where one decision leans on another."""

from engine.definitions import Source
from engine.library import publish
from engine.queries.cases import case_page
from engine.replay import verify_case
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import NOTE, ROOT, House
from tests.engine.dmn.writing import asked, decision, definitions, needs, of, table

RISK = table(["x"], [""], '> 1 | "high"', '<= 1 | "low"')
LEANING = definitions(
    asked("x", "number"), decision("risk", RISK, needs("x", what="Input")),
    decision("answer", of('if risk = "high" then "now" else "later"'), needs("risk")))
ASKED = d.simple("case", d.rule("ask", "answer", "answer"), d.user("look", groups="case_manager"), ids=("ask", "look"))


def test_the_history_tells_the_rule_of_a_table_that_the_decision_leans_on(house: House) -> None:
    ladder = (ROOT / "processes" / "decisions" / "D15_escalation.dmn").read_bytes()
    sources = [Source("process", "p", ASKED), Source("form", "note", NOTE), Source("decision", "leaning", LEANING),
               Source("decision", "D15_escalation", ladder)]
    house.masar.db.run(lambda conn: publish(conn, sources, 0, "test", house.clock()))
    opened = house.open("case", x=5, case_manager="mona")
    page = case_page(house.masar, house.person("mona"), str(opened.id))
    (why,) = (reason for entry in page.timeline.rows for reason in entry.why)
    assert why.said.en.endswith("now") and [one.en for one in why.more] == ["rule 1 of the table “risk”"]
    assert verify_case(house.masar, opened.id).problems == ()

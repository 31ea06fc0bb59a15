"""Short stand-ins for what a complaint may open: a report with its screening, which opens a case; a case with work."""

from tests.engine.bpmn import diagrams as d

REPORTING = d.file(
    d.process(
        "reporting", d.start(), d.user("screening", groups="reception_officer"),
        d.job("open_it", type="open_case", inputs={"unit": "unit"}), d.end(), d.path("S", "screening", "open_it", "E"),
    )
)  # fmt: skip
CASE = d.file(
    d.process("case", d.start(), d.user("work", groups="case_manager"), d.end(), d.path("S", "work", "E"))
)  # fmt: skip

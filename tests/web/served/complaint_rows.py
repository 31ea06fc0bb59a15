"""Who gets which answer from the pages of complaints, inspections, reports and sealed files; read by test_routes.py.
The manager and the supervisor of this world are concerned by the complaint: to them it does not exist."""

from tests.web.served.conftest import ACCOUNTS

ALL_BUT_ADRIFT = " ".join(name for name in ACCOUNTS if name != "nobody")
WATCHERS = "inspector keeper head director auditor"
UNWATCHING = " ".join(name for name in ACCOUNTS if name not in WATCHERS.split())
NO_INSPECTORS = " ".join(name for name in ACCOUNTS if name != "inspector")

COMPLAINTS = f"""
GET  /complaints/new                   | 200: {ALL_BUT_ADRIFT} | 403: nobody
POST /complaints/new                   | 201: {ALL_BUT_ADRIFT} | 403: nobody
GET  /complaints/{{complaint}}         | 200: head complaints central auditor
GET  /cases/{{complaint}}              | 200: head complaints central auditor
GET  /cases/{{complaint}}/timeline     | 200: head complaints central auditor
GET  /cases/{{complaint}}/diagrams/complaint.bpmn | 200: head complaints central auditor
GET  /work/{{look_into}}               | 200: head complaints central
POST /work/{{look_into}}               | 303: head | 403: complaints central
POST /work/{{look_into}}/claim         | 303: head | 403: complaints central
GET  /work/{{look_into}}/assignment    | 403: head complaints central
GET  /inspections                      | 200: {WATCHERS} | 403: {UNWATCHING}
GET  /inspections/{{inspection}}       | 200: inspector director auditor
GET  /cases/{{inspection}}             | 200: inspector director auditor
GET  /work/{{visit_home}}              | 200: inspector
POST /work/{{visit_home}}              | 303: inspector
POST /directory/providers/{{listed}}/inspection | 303: inspector | 403: {NO_INSPECTORS}
GET  /sealed                           | 200: head director auditor
POST /sealed/{{case}}/proposal         | 404: head director auditor manager
POST /sealed/{{case}}/decision         | 404: head director auditor manager
POST /sealed/{{case}}/opening          | 404: head director auditor manager
POST /sealed/{{case}}/openings/1/seen  | 404: head director auditor manager
GET  /sealed/{{case}}/work/{{plan}}    | 404: head director auditor manager
POST /sealed/{{case}}/work/{{plan}}    | 404: head director auditor manager
POST /sealed/{{stuck}}/incidents/{{incident}}/retry | 303: supervisor duty | 403: head director auditor manager
GET  /reports/{{report}}               | 200: partner reception organiser head director duty auditor
GET  /cases/{{report}}                 | 200: reception organiser head director duty auditor
GET  /cases/{{report}}/timeline        | 200: reception organiser head director duty auditor
"""

"""Who gets which answer from the JSON API; read by test_api_routes.py. Whoever is not named gets 404."""

from tests.web.served.conftest import ACCOUNTS

EVERYBODY = " ".join(ACCOUNTS)
REPORTERS = "reception organiser duty partner other.partner"
OTHERS = " ".join(name for name in ACCOUNTS if name not in REPORTERS.split())
AGENCIES = "provider other.provider"
HOUSE = " ".join(name for name in ACCOUNTS if name not in AGENCIES.split())
NO_STUDIO = " ".join(name for name in ACCOUNTS if name not in ("admin", "analyst"))
OVERSEERS = "manager supervisor head director duty auditor"

API = f"""
GET  /work-items                        | 200: {EVERYBODY}
GET  /work-items/{{plan}}               | 200: manager supervisor duty | 409: colleague head director auditor
POST /work-items/{{plan}}/complete      | 200: manager | 409: colleague supervisor head director duty auditor
POST /work-items/{{plan}}/claim         | 204: manager | 409: colleague supervisor head director duty auditor
POST /work-items/{{plan}}/release       | 204: manager | 403: supervisor duty
POST /work-items/{{plan}}/assign        | 200: supervisor duty head | 403: manager

GET  /work-items/{{review}}             | 200: supervisor manager duty
POST /work-items/{{review}}/complete    | 200: supervisor | 403: manager duty
POST /work-items/{{review}}/claim       | 204: supervisor | 403: manager duty
POST /work-items/{{review}}/release     | 403: supervisor manager duty
POST /work-items/{{review}}/assign      | 422: supervisor duty head | 403: manager

GET  /work-items/{{second_check}}       | 200: supervisor manager duty
POST /work-items/{{second_check}}/complete | 403: supervisor manager duty
POST /work-items/{{second_check}}/claim | 403: supervisor manager duty

GET  /work-items/{{check}}              | 409: {OVERSEERS}
POST /work-items/{{check}}/complete     | 409: {OVERSEERS}
POST /work-items/{{check}}/claim        | 409: {OVERSEERS}
POST /work-items/{{check}}/assign       | 409: {OVERSEERS}

GET  /work-items/{{screening}}          | 200: reception organiser duty
POST /work-items/{{screening}}/complete | 200: reception | 403: organiser duty
POST /work-items/{{screening}}/claim    | 204: reception | 403: organiser duty

GET  /cases/{{case}}                    | 200: {OVERSEERS}
GET  /cases/{{case}}/variables          | 200: {OVERSEERS}
GET  /cases/{{case}}/events             | 200: {OVERSEERS}
GET  /cases/{{report}}                  | 200: reception organiser head director duty auditor
GET  /cases/{{report}}/variables        | 200: reception organiser head director duty auditor
GET  /cases/{{report}}/events           | 200: reception organiser head director duty auditor
GET  /cases/{{complaint}}               | 200: head complaints central auditor
GET  /cases/{{complaint}}/variables     | 200: head complaints central auditor
GET  /cases/{{complaint}}/events        | 200: head complaints central auditor
GET  /work-items/{{look_into}}          | 200: head complaints central
POST /work-items/{{look_into}}/complete | 200: head | 403: complaints central
POST /work-items/{{look_into}}/claim    | 204: head | 403: complaints central
GET  /processes/reporting/form          | 200: {REPORTERS} | 403: {OTHERS}
POST /cases                             | 201: {REPORTERS} | 403: {OTHERS}

GET  /messages/awaited                  | 200: {AGENCIES} | 403: {HOUSE}
POST /messages                          | 200: provider manager
GET  /definitions                       | 200: admin analyst | 403: {NO_STUDIO}
POST /definitions                       | 422: analyst | 403: {NO_STUDIO} admin
GET  /migrations                        | 200: admin analyst | 403: {NO_STUDIO}
POST /migrations                        | 422: analyst | 403: {NO_STUDIO} admin
GET  /migrations/1                      | 404: admin analyst | 403: {NO_STUDIO}
GET  /migrations/1/rehearsal            | 404: admin analyst | 403: {NO_STUDIO}
POST /migrations/1/plan                 | 404: analyst | 403: {NO_STUDIO} admin
POST /migrations/propose                | 404: analyst | 403: {NO_STUDIO} admin
POST /migrations/approve                | 404: analyst | 403: {NO_STUDIO} admin
POST /migrations/1/refuse               | 404: analyst | 403: {NO_STUDIO} admin
POST /migrations/1/withdraw             | 404: analyst | 403: {NO_STUDIO} admin
POST /migrations/1/pause                | 404: analyst | 403: {NO_STUDIO} admin
POST /migrations/1/resume               | 404: analyst | 403: {NO_STUDIO} admin
GET  /sealed                            | 200: head director auditor
POST /sealed/{{case}}/proposal          | 404: head director auditor manager
POST /sealed/{{case}}/decision          | 404: head director auditor manager
GET  /tokens                            | 200: {EVERYBODY}
POST /tokens/999/revoke                 | 404: {EVERYBODY}
"""

"""Who gets which answer from the supervisor's pages; read by test_routes.py."""

LED = "supervisor head duty"
LEADERS = f"{LED} stranger director"
OTHERS = (
    "manager colleague reception organiser auditor admin analyst provider other.provider partner other.partner nobody"
    " keeper trainer coordinator complaints central inspector"
)
WORKERS = f"{LEADERS} manager colleague reception organiser"
IDLE = (
    "auditor admin analyst provider other.provider partner other.partner nobody keeper trainer coordinator complaints"
    " central inspector"
)

TEAM = f"""
GET  /team                             | 200: {LEADERS} | 403: {OTHERS}
GET  /team?unit=centre                 | 200: {LED} director | 403: {OTHERS}
GET  /team/untaken                     | 200: {LEADERS} | 403: {OTHERS}
GET  /team/people/{{person}}           | 200: {LED} director | 403: {OTHERS}
GET  /team/stopped                     | 200: {LEADERS} | 403: {OTHERS}
POST /team/work                        | 422: {LEADERS} | 403: {OTHERS}
POST /team/cases                       | 422: {LEADERS} | 403: {OTHERS}
POST /team/people/{{person}}/absence   | 422: {LED} | 403: director manager
POST /team/absences/{{absence}}/end    | 303: {LED} manager | 403: director
GET  /absence                          | 200: {WORKERS} | 403: {IDLE}
POST /absence                          | 422: {WORKERS} | 403: {IDLE}
POST /absence/{{absence}}/end          | 303: {LED} manager | 403: director
GET  /team/roster                      | 200: head director | 403: {LED.replace(" head", "")} stranger {OTHERS}
POST /team/roster/2                    | 422: head director
POST /team/roster/shifts/{{shift}}/withdrawal | 303: head director
"""

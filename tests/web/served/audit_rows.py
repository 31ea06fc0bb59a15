"""Who gets which answer from the auditor's pages; read by test_routes.py."""

OF_THE_CASE = "200: auditor | 403: manager supervisor head director duty"
OF_THE_REPORT = "200: auditor | 403: partner reception organiser head director duty"

AUDIT = f"""
GET  /cases/{{case}}/replay             | {OF_THE_CASE}
GET  /cases/{{case}}/replay?step=2      | {OF_THE_CASE}
GET  /cases/{{case}}/verification       | {OF_THE_CASE}
POST /cases/{{case}}/verification       | {OF_THE_CASE}
GET  /cases/{{case}}/readings           | {OF_THE_CASE}
GET  /cases/{{report}}/replay           | {OF_THE_REPORT}
GET  /cases/{{report}}/verification     | {OF_THE_REPORT}
POST /cases/{{report}}/verification     | {OF_THE_REPORT}
GET  /cases/{{report}}/readings         | {OF_THE_REPORT}
"""

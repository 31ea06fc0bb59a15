"""Who gets which answer from the studio; read by test_routes.py."""

from tests.web.served.conftest import ACCOUNTS

READERS = "analyst admin"
BUT_READERS = " ".join(name for name in ACCOUNTS if name not in READERS.split())
BUT_ANALYSTS = " ".join(name for name in ACCOUNTS if name != "analyst")

STUDIO = f"""
GET  /studio                               | 200: {READERS} | 403: {BUT_READERS}
GET  /studio/catalogue.json                | 200: {READERS} | 403: {BUT_READERS}
GET  /studio/new                           | 200: analyst | 403: {BUT_ANALYSTS}
POST /studio/new                           | 422: analyst | 403: {BUT_ANALYSTS}
GET  /studio/process/case                  | 200: {READERS} | 403: {BUT_READERS}
GET  /studio/form/note                     | 200: {READERS} | 403: {BUT_READERS}
GET  /studio/form/none                     | 404: {READERS} | 403: {BUT_READERS}
GET  /studio/process/case/versions/1/file  | 200: {READERS} | 403: {BUT_READERS}
POST /studio/process/case/versions/1/restore | 303: analyst | 403: {BUT_ANALYSTS}
GET  /studio/process/case/edit             | 200: analyst | 403: {BUT_ANALYSTS}
GET  /studio/process/case/draft            | 200: {READERS} | 403: {BUT_READERS}
POST /studio/process/case/draft            | 422: analyst | 403: {BUT_ANALYSTS}
POST /studio/process/case/findings         | 200: analyst | 403: {BUT_ANALYSTS}
POST /studio/process/case/mend             | 422: analyst | 403: {BUT_ANALYSTS}
POST /studio/process/case/discard          | 404: analyst | 403: {BUT_ANALYSTS}
GET  /studio/process/case/aside            | 404: {READERS} | 403: {BUT_READERS}
POST /studio/process/case/aside            | 404: analyst | 403: {BUT_ANALYSTS}
GET  /studio/process/case/publish          | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/process/case/publish          | 404: analyst | 403: {BUT_ANALYSTS}
GET  /studio/proposals/1                   | 404: {READERS} | 403: {BUT_READERS}
GET  /studio/proposals/1/files/form/note   | 404: {READERS} | 403: {BUT_READERS}
POST /studio/proposals/1/approval          | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/proposals/1/refusal           | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/proposals/1/withdrawal        | 404: analyst | 403: {BUT_ANALYSTS}
GET  /studio/form/note/try                 | 200: {READERS} | 403: {BUT_READERS}
POST /studio/form/note/try                 | 200: {READERS} | 403: {BUT_READERS}
GET  /studio/migrations                    | 200: {READERS} | 403: {BUT_READERS}
POST /studio/migrations                    | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/all                | 422: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/proposal           | 422: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/approval           | 422: analyst | 403: {BUT_ANALYSTS}
GET  /studio/migrations/1                  | 404: {READERS} | 403: {BUT_READERS}
GET  /studio/migrations/1/plan.yaml        | 404: {READERS} | 403: {BUT_READERS}
GET  /studio/migrations/1/rehearsal        | 404: {READERS} | 403: {BUT_READERS}
POST /studio/migrations/1/plan             | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/1/file             | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/1/proposal         | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/1/approval         | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/1/refusal          | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/1/withdrawal       | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/1/pause            | 404: analyst | 403: {BUT_ANALYSTS}
POST /studio/migrations/1/resumption       | 404: analyst | 403: {BUT_ANALYSTS}
"""

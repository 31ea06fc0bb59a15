"""Who gets which answer from the pages of migrations; read by test_routes.py."""

from tests.web.served.studio_rows import BUT_ANALYSTS, BUT_READERS, READERS

MIGRATIONS = f"""
GET  /studio/migrations                    | 200: {READERS} | 403: {BUT_READERS}
POST /studio/migrations                    | 404: analyst | 403: {BUT_ANALYSTS}
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

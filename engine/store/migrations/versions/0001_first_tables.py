"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name_ar", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), server_default="", nullable=False),
        sa.Column("password_hash", sa.String(length=255), server_default="", nullable=False),
        sa.Column("locale", sa.String(length=8), server_default="ar", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login", name="uq_account_login")
    )

    op.create_table(
        "bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bundle"),
        sa.UniqueConstraint("sha256", name="uq_bundle_sha256")
    )

    op.create_table(
        "call_job",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("element", sa.String(length=128), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("destination", sa.String(length=128), server_default="", nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_job")
    )
    op.create_index("ix_call_job_case_id", "call_job", ["case_id"])
    op.create_index("ix_call_job_next_at", "call_job", ["next_at"])

    op.create_table(
        "case_scope",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "kind", "case_id", name="pk_case_scope"),
        sqlite_with_rowid=False
    )
    op.create_index("ix_case_scope_case_id", "case_scope", ["case_id"])

    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter")
    )

    op.create_table(
        "definition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Integer(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_definition"),
        sa.UniqueConstraint("kind", "key", "version", name="uq_definition_kind_key_version")
    )

    op.create_table(
        "draft",
        sa.Column("item_id", ID, autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "account_id", name="pk_draft")
    )
    op.create_index("ix_draft_case_id", "draft", ["case_id"])

    op.create_table(
        "event",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_event")
    )

    op.create_table(
        "incident",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("element", sa.String(length=128), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incident")
    )
    op.create_index("ix_incident_case_id", "incident", ["case_id"])
    op.create_index("ix_incident_opened_at_id", "incident", ["opened_at", "id"])

    op.create_table(
        "message_wait",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("element", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("offer_to", sa.Text(), server_default=",", nullable=False),
        sa.Column("offer_unit_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(length=128), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_message_wait")
    )
    op.create_index("ix_message_wait_case_id", "message_wait", ["case_id"])
    op.create_index("ix_message_wait_name_key_hash", "message_wait", ["name", "key_hash"])
    op.create_index("ix_message_wait_offer_unit_id_since_id", "message_wait", ["offer_unit_id", "since", "id"])

    op.create_table(
        "name_part",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("hash", "case_id", name="pk_name_part"),
        sqlite_with_rowid=False
    )
    op.create_index("ix_name_part_case_id", "name_part", ["case_id"])

    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person")
    )

    op.create_table(
        "read_log",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_read_log")
    )
    op.create_index("ix_read_log_account_id_read_at", "read_log", ["account_id", "read_at"])

    op.create_table(
        "sign_in_attempt",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt")
    )
    op.create_index("ix_sign_in_attempt_at", "sign_in_attempt", ["at"])
    op.create_index("ix_sign_in_attempt_subject_hash_at", "sign_in_attempt", ["subject_hash", "at"])

    op.create_table(
        "submission",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_submission")
    )
    op.create_index("ix_submission_at", "submission", ["at"])

    op.create_table(
        "timer",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("element", sa.String(length=128), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fingerprint", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_timer")
    )
    op.create_index("ix_timer_case_id", "timer", ["case_id"])
    op.create_index("ix_timer_next_at", "timer", ["next_at"])

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name_ar", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), server_default="", nullable=False),
        sa.Column("country", sa.String(length=2), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("code", name="uq_unit_code")
    )
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"])

    op.create_table(
        "work_item",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("element", sa.String(length=128), nullable=False),
        sa.Column("form", sa.String(length=128), nullable=True),
        sa.Column("form_sha256", sa.String(length=64), nullable=True),
        sa.Column("groups", sa.Text(), server_default=",", nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("planned_assignee_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(length=255), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="50", nullable=False),
        sa.Column("risk", sa.String(length=16), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("follow_up_at", sa.BigInteger(), nullable=True),
        sa.Column("sort_at", sa.BigInteger(), nullable=False),
        sa.Column("next_check_at", sa.BigInteger(), nullable=True),
        sa.Column("rung", sa.Integer(), server_default="0", nullable=False),
        sa.Column("barred", sa.Text(), server_default=",", nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_token", sa.String(length=64), nullable=True),
        sa.Column("fingerprint", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_work_item")
    )
    op.create_index("ix_work_item_case_id", "work_item", ["case_id", "status"])
    op.create_index("ix_work_item_mine", "work_item", ["assignee_id", "sort_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_work_item_next_check_at", "work_item", ["next_check_at"], sqlite_where=OPEN, postgresql_where=OPEN)

    op.create_table(
        "work_item_audience",
        sa.Column("item_id", ID, nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sort_at", sa.BigInteger(), nullable=False),
        sa.Column("barred", sa.Text(), server_default=",", nullable=False),
        sa.PrimaryKeyConstraint("item_id", "role", "unit_id", name="pk_work_item_audience"),
        sqlite_with_rowid=False
    )
    op.create_index("ix_work_item_audience_worklist", "work_item_audience", ["role", "unit_id", "claimed", "sort_at", "item_id"])

    op.create_table(
        "case_file",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(length=255), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("stage", sa.String(length=32), server_default="", nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("risk", sa.String(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_mac", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("origin_key", sa.String(length=128), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundle.id"], name="fk_case_file_bundle_id"),
        sa.ForeignKeyConstraint(["manager_id"], ["account.id"], name="fk_case_file_manager_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_case_file_person_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_case_file_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_file"),
        sa.UniqueConstraint("number", name="uq_case_file_number"),
        sa.UniqueConstraint("origin_key", name="uq_case_file_origin_key")
    )
    op.create_index("ix_case_file_manager_id_kind_id", "case_file", ["manager_id", "kind", "id"])
    op.create_index("ix_case_file_parent_id", "case_file", ["parent_id"])
    op.create_index("ix_case_file_person_id", "case_file", ["person_id"])

    op.create_table(
        "membership",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_membership_account_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_membership_unit_id"),
        sa.PrimaryKeyConstraint("account_id", "role", "unit_id", name="pk_membership")
    )
    op.create_index("ix_membership_role_unit_id", "membership", ["role", "unit_id"])

    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_session_account_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session")
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])


def downgrade() -> None:
    for table in (
        "session",
        "membership",
        "case_file",
        "work_item_audience",
        "work_item",
        "unit",
        "timer",
        "submission",
        "sign_in_attempt",
        "read_log",
        "person",
        "name_part",
        "message_wait",
        "incident",
        "event",
        "draft",
        "definition",
        "counter",
        "case_scope",
        "call_job",
        "bundle",
        "account",
    ):
        op.drop_table(table)

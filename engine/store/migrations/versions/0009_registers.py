"""The directory of services, the needs it could not answer, and the register of practitioners."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _directory()
    _practitioners()
    op.create_table(
        "register_log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_register_log"),
    )
    op.create_index("ix_register_log_register_subject_seq", "register_log", ["register", "subject", "seq"])


def _directory() -> None:
    op.create_table(
        "provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("unit_path", sa.String(length=255), nullable=False),
        sa.Column("name_ar", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("agency_type", sa.String(length=64), nullable=False),
        sa.Column("usable_until", sa.String(length=10), nullable=False),
        sa.Column("licence_until", sa.String(length=10), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("suspended_by", sa.Integer()),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_provider"),
        sa.UniqueConstraint("code", name="uq_provider_code"),
    )
    op.create_index("ix_provider_unit_path", "provider", ["unit_path"])
    op.create_index("ix_provider_licence_until", "provider", ["licence_until"])
    op.create_table(
        "provider_service",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("service_type", sa.String(length=64), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=False),
        sa.Column("age_max", sa.Integer(), nullable=False),
        sa.Column("sex", sa.String(length=16), nullable=False),
        sa.Column("free_of_charge", sa.Boolean(), nullable=False),
        sa.Column("places_free", sa.Integer()),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_provider_service_provider_id"),
        sa.PrimaryKeyConstraint("provider_id", "service_type", name="pk_provider_service"),
    )
    op.create_index("ix_provider_service_service_type", "provider_service", ["service_type", "provider_id"])
    op.create_table(
        "provider_area",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("governorate", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_provider_area_provider_id"),
        sa.PrimaryKeyConstraint("provider_id", "governorate", "district", name="pk_provider_area"),
    )
    op.create_index("ix_provider_area_governorate", "provider_area", ["governorate", "district", "provider_id"])
    op.create_table(
        "service_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_type", sa.String(length=64), nullable=False),
        sa.Column("governorate", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("age_band", sa.String(length=16), nullable=False),
        sa.Column("unit_path", sa.String(length=255), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("once", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_gap"),
        sa.UniqueConstraint("once", name="uq_service_gap_once"),
    )
    op.create_index("ix_service_gap_at", "service_gap", ["at"])


def _practitioners() -> None:
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("setting", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("profession", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_accreditation_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accreditation"),
    )
    op.create_index("ix_accreditation_account_id_setting", "accreditation", ["account_id", "setting"], unique=True)
    op.create_index("ix_accreditation_valid_until", "accreditation", ["valid_until"])
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("done_on", sa.String(length=10), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_training_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_training"),
    )
    op.create_index("ix_training_account_id_topic", "training", ["account_id", "topic"])
    op.create_index("ix_training_topic_done_on", "training", ["topic", "done_on"])
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", sa.Integer()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_conflict_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conflict"),
    )
    op.create_index("ix_conflict_account_id", "conflict", ["account_id"])
    op.create_table(
        "conflict_key",
        sa.Column("conflict_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name="fk_conflict_key_conflict_id"),
        sa.PrimaryKeyConstraint("conflict_id", "hash", name="pk_conflict_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_conflict_key_hash", "conflict_key", ["hash"])


def downgrade() -> None:
    for name in (
        "register_log", "conflict_key", "conflict", "training", "accreditation", "service_gap", "provider_area",
        "provider_service", "provider",
    ):
        op.drop_table(name)

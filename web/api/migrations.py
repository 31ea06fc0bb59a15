"""Migrations: moving running cases onto what was published since, by a plan and with a second person."""

from typing import Any

from marshmallow import fields, validate

from engine.commands import migration_plans as plans
from engine.commands.migration_choices import take_file
from engine.queries.migrations import (
    Head,
    MigrationPage,
    OldVersion,
    migration_page,
    migrations_page,
    plan_file,
    rehearsed,
)
from web.api.guard import actor
from web.api.operations import operation
from web.api.shapes import Exact, FindingRow, Key, Line, Moment, OneOf, Words
from web.problems import told_finding
from web.sessions import masar

LARGEST, LARGEST_PLAN = 2**31 - 1, 500_000
MOST_TOGETHER = 100
ONE = "/migrations/<number:migration_id>"
STATES = ("draft", "waiting", "running", "paused", "done", "refused", "withdrawn")


class OldVersionRow(Exact):
    """An older release under which cases and reports run; `migration_id` is the migration away from it, if any."""

    bundle_id = Key(required=True)
    made_at = Moment(required=True)
    running = fields.Integer(required=True)
    migration_id = Key(required=True, allow_none=True)


class MigrationRow(Exact):
    """A migration and how far it is: `total` cases when it was approved, so many moved, so many stayed."""

    id = Key(required=True)
    state = OneOf(*STATES, required=True)
    revision = fields.Integer(required=True)
    note = fields.String(required=True)
    by = Words(required=True)
    at = Moment(required=True)
    total = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    stayed = fields.Integer(required=True)


class MigrationList(Exact):
    """Older releases with running cases, and the last migrations, newest first."""

    newest = fields.Integer(required=True, metadata={"description": "How many run under the release in force."})
    old = fields.List(fields.Nested(OldVersionRow), required=True)
    rows = fields.List(fields.Nested(MigrationRow), required=True)


class StayRow(Exact):
    """So many cases stay for a reason, at an element."""

    count = fields.Integer(required=True)
    text = Words(required=True)
    name = Words(required=True)


class MigrationDocument(Exact):
    """One migration: its plan as a file, what stands against it, and why cases stayed."""

    migration = fields.Nested(MigrationRow, required=True)
    old_bundle_id = Key(required=True)
    new_bundle_id = Key(required=True)
    plan = fields.String(required=True, metadata={"description": "YAML, as docs/migration.md tells."})
    plan_sha256 = fields.String(required=True)
    findings = fields.List(fields.Nested(FindingRow), required=True)
    stays = fields.List(fields.Nested(StayRow), required=True)
    may_approve = fields.Boolean(required=True)


class RehearsalDocument(Exact):
    """How it would go: of `total` cases so many were looked at; nothing was moved."""

    total = fields.Integer(required=True)
    looked = fields.Integer(required=True)
    moves = fields.Integer(required=True)
    stays = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(StayRow), required=True)


class BeginBody(Exact):
    """Of which older release; of all that have running cases where none is named."""

    bundle_id = Key()


class Begun(Exact):
    """The migrations that were begun, or were under way already."""

    ids = fields.List(Key(), required=True)


class PlanBody(Exact):
    """A plan as a file, and the revision that it was made from."""

    revision = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**31 - 1))
    plan = Line(longest=LARGEST_PLAN, required=True)


class ChosenPlan(Exact):
    """A plan in a revision."""

    id = Key(required=True)
    revision = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**31 - 1))


class ProposeBody(Exact):
    """Plans that are given to a second person together, and why."""

    plans = fields.List(fields.Nested(ChosenPlan), required=True, validate=validate.Length(1, MOST_TOGETHER))
    note = Line(longest=1000, required=True)


class ApproveBody(Exact):
    """Plans that are to run."""

    ids = fields.List(Key(), required=True, validate=validate.Length(1, MOST_TOGETHER))


class RefuseBody(Exact):
    """Why not."""

    reason = Line(longest=1000, required=True)


@operation("GET", "/migrations", "read", "migrations", answer=MigrationList)
def list_migrations() -> dict[str, Any]:
    """List migrations.

    Older releases under which cases still run, and the migrations with their progress. Numbers only: nothing of a case.
    """
    page = migrations_page(masar(), actor())
    return {"newest": page.newest, "old": [_old(one) for one in page.old], "rows": [_row(one) for one in page.rows]}


@operation("POST", "/migrations", "publish", "migrations", body=BeginBody, answer=Begun, fails=(404,))
def begin_migrations(body: dict[str, Any]) -> dict[str, Any]:
    """Begin migrations.

    A plan for the cases of an older release, or one for each, as the comparison with the release in force suggests it.
    What is under way already is not begun again.
    """
    old = body.get("bundle_id")
    ids = plans.begin_all(masar(), actor()) if old is None else [plans.begin(masar(), actor(), _number(old))]
    return {"ids": [str(one) for one in ids]}


@operation("GET", ONE, "read", "migrations", answer=MigrationDocument, fails=(404,))
def read_migration(migration_id: str) -> dict[str, Any]:
    """Read a migration.

    With its plan, its progress, and why cases stayed.
    """
    return _document(migration_id)


@operation("GET", f"{ONE}/rehearsal", "read", "migrations", answer=RehearsalDocument, fails=(404,))
def rehearse_migration(migration_id: str) -> dict[str, Any]:
    """Rehearse a migration.

    Looks at up to 1,000 cases, for 8 seconds at most, and moves none.
    """
    found, reasons = rehearsed(masar(), actor(), _number(migration_id))
    return {"total": found.total, "looked": found.looked, "moves": found.moves, "stays": found.stays,
            "reasons": reasons}


@operation("POST", f"{ONE}/plan", "publish", "migrations", body=PlanBody, answer=MigrationDocument, fails=(404, 409))
def change_migration(migration_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """Change a plan.

    Puts a file in place of a draft's plan.
    """
    take_file(masar(), actor(), _number(migration_id), body["plan"].encode(), body["revision"])
    return _document(migration_id)


@operation("POST", "/migrations/propose", "publish", "migrations", status=204, body=ProposeBody, fails=(404, 409))
def propose_migrations(body: dict[str, Any]) -> None:
    """Propose migrations.

    All or none are given to a second person; a plan that cannot be followed is refused with `findings`.
    """
    revisions = {_number(one["id"]): one["revision"] for one in body["plans"]}
    plans.propose_together(masar(), actor(), revisions, body["note"])


@operation("POST", "/migrations/approve", "publish", "migrations", status=204, body=ApproveBody, fails=(404, 409))
def approve_migrations(body: dict[str, Any]) -> None:
    """Approve migrations.

    All or none begin to run. Whoever began, wrote or proposed one does not approve it.
    """
    plans.approve_together(masar(), actor(), list(dict.fromkeys(map(_number, body["ids"]))))


@operation("POST", f"{ONE}/refuse", "publish", "migrations", status=204, body=RefuseBody, fails=(404, 409))
def refuse_migration(migration_id: str, body: dict[str, Any]) -> None:
    """Refuse a migration.

    For good, with the reason.
    """
    plans.refuse(masar(), actor(), _number(migration_id), body["reason"])


@operation("POST", f"{ONE}/withdraw", "publish", "migrations", status=204, fails=(404, 409))
def withdraw_migration(migration_id: str) -> None:
    """Withdraw a migration.

    A draft, or what one proposed oneself.
    """
    plans.withdraw(masar(), actor(), _number(migration_id))


@operation("POST", f"{ONE}/pause", "publish", "migrations", status=204, fails=(404, 409))
def pause_migration(migration_id: str) -> None:
    """Pause a migration.

    It stops behind the case that is being moved.
    """
    plans.pause(masar(), actor(), _number(migration_id))


@operation("POST", f"{ONE}/resume", "publish", "migrations", status=204, fails=(404, 409))
def resume_migration(migration_id: str) -> None:
    """Resume a migration.

    A paused one goes on; one that is done tries those again that stayed.
    """
    plans.resume(masar(), actor(), _number(migration_id))


def _document(migration_id: str) -> dict[str, Any]:
    number = _number(migration_id)
    page: MigrationPage = migration_page(masar(), actor(), number)
    return {
        "migration": _row(page.head), "old_bundle_id": str(page.old), "new_bundle_id": str(page.new),
        "plan": plan_file(masar(), actor(), number), "plan_sha256": page.plan_sha256,
        "findings": [told_finding(one) for one in page.findings], "stays": page.stays,
        "may_approve": page.may_decide and not page.own and page.head.state == "waiting",
    }


def _old(one: OldVersion) -> dict[str, Any]:
    return {"bundle_id": str(one.bundle_id), "made_at": one.made_at, "running": one.running,
            "migration_id": None if one.under_way is None else str(one.under_way)}


def _row(one: Head) -> dict[str, Any]:
    return {**vars(one), "id": str(one.id)}


def _number(text: str) -> int:
    return min(int(text), LARGEST)

"""The floor: the least that any application on the same libraries does for the same completed visit.

The same Flask, SQLAlchemy and marshmallow, the same server, driver and pragmas, the same form, and no engine. It
looks the session up, compares the synchroniser token, reads the work item and its case, checks the form's fifteen
answers and its repeated row with a marshmallow schema, and stores in ONE commit the rows that a history needs: the
event with the answers, the case as it stands, the work item closed and the next one opened. Its statements are
SQLAlchemy Core, written in the ordinary way. What it does NOT do, and Masar does within its factor: diagrams,
conditions and due dates in FEEL, encryption, the chained hash, rights by unit and relation, four eyes, worklists by
group and unit, silent retry, the same submit counted once, hostile input, security headers, a log line.
"""

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, abort, redirect, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)
from werkzeug.wrappers import Response

from engine.store.database import Database

YES_NO = validate.OneOf(["yes", "no"])
metadata = MetaData()
Key = BigInteger().with_variant(Integer(), "sqlite")
account = Table(
    "account", metadata, Column("id", Integer, primary_key=True), Column("login", String(64)),
    Column("role", String(32)), Column("unit", String(64)),
)
session = Table(
    "session", metadata, Column("token_hash", LargeBinary, primary_key=True), Column("account_id", Integer),
    Column("csrf", String(64)), Column("expires_at", Key),
)
case_file = Table(
    "case_file", metadata, Column("id", Integer, primary_key=True), Column("number", String(32)),
    Column("unit", String(64)), Column("status", String(16)), Column("version", Integer), Column("state", Text),
)
work_item = Table(
    "work_item", metadata, Column("id", Integer, primary_key=True), Column("case_id", Integer, index=True),
    Column("element", String(64)), Column("form", String(64)), Column("role", String(64)), Column("unit", String(64)),
    Column("assignee_id", Integer, index=True), Column("since", Key), Column("due_at", Key, index=True),
    Column("status", String(16)), Column("closed_by", Integer), Column("closed_at", Key),
)
event = Table(
    "event", metadata, Column("case_id", Integer, primary_key=True), Column("seq", Integer, primary_key=True),
    Column("kind", String(64)), Column("actor_id", Integer), Column("at", Key), Column("payload", Text),
)


class Goal(Schema):
    """A row of the visit form."""

    gp_goal = fields.Integer(required=True, validate=validate.Range(1, 12))
    gp_status = fields.String(required=True, validate=validate.OneOf(
        ["not_started", "in_progress", "achieved", "partly", "not_achieved", "dropped"]))
    gp_rating = fields.String(required=True, validate=validate.OneOf(
        ["much_better", "better", "same", "worse", "much_worse"]))
    gp_note = fields.String(validate=validate.Length(max=500))


class Visit(Schema):
    """The fields of forms/followup_visit.form."""

    happened_at = fields.DateTime(required=True)
    visit_place = fields.String(required=True, validate=validate.OneOf(["home", "office", "school", "phone", "street"]))
    announced = fields.String(required=True, validate=YES_NO)
    outcome = fields.String(required=True, validate=validate.OneOf(["met", "not_home", "refused", "moved", "unsafe"]))
    seen_persons = fields.String(required=True, validate=validate.Length(max=500))
    seen_alone = fields.String(required=True, validate=YES_NO)
    safety_status = fields.String(required=True, validate=validate.OneOf(["safe", "safe_with_plan", "unsafe"]))
    wellbeing = fields.String(required=True, validate=validate.OneOf(["w1", "w2", "w3", "w4", "w5"]))
    new_incident = fields.String(required=True, validate=YES_NO)
    goal_progress = fields.List(fields.Nested(Goal))
    services_as_planned = fields.String(required=True, validate=YES_NO)
    risk_changed = fields.String(required=True, validate=YES_NO)
    plan_change_needed = fields.String(required=True, validate=YES_NO)
    ready_to_close = fields.String(required=True, validate=YES_NO)
    conference_needed = fields.String(required=True, validate=YES_NO)
    plan_still_fits = fields.String(required=True, validate=validate.OneOf(["yes", "no", "unknown"]))
    wishes_for_plan = fields.String(required=True, validate=validate.Length(max=2000))
    actions_agreed = fields.String(validate=validate.Length(max=2000))
    next_visit = fields.Date(required=True)


def app() -> Flask:
    """The application on FLOOR_URL."""
    db, schema = Database(os.environ["FLOOR_URL"], pool_size=5), Visit(unknown=EXCLUDE)
    flask = Flask("floor")

    @flask.post("/work/<int:item_id>")
    def complete(item_id: int) -> Response:
        actor = _signed_in(db)
        try:
            answers = schema.load(_typed())
        except ValidationError as error:
            abort(422, str(error))
        _store(db, actor, item_id, schema.dump(answers))
        return redirect("/work", 303)

    return flask


def prepare(url: str, token: str, secret: str, cases: int) -> None:
    """Tables, one account with a session, and cases with one open visit each."""
    def fill(conn: Connection) -> None:
        metadata.drop_all(conn)
        metadata.create_all(conn)
        conn.execute(insert(account).values(id=1, login="mona", role="case_manager", unit="centre"))
        conn.execute(insert(session).values(
            token_hash=hashlib.sha256(token.encode()).digest(), account_id=1, csrf=secret, expires_at=_now() + 10**12))
        for number in range(1, cases + 1):
            conn.execute(insert(case_file).values(
                id=number, number=f"C-{number}", unit="centre", status="open", version=1, state="{}"))
            conn.execute(insert(work_item).values(_visit(number, _now())))

    db = Database(url)
    db.run(fill)
    db.close()


def open_item(db: Database, case_id: int) -> int:
    """The id of a case's open visit."""
    query = select(work_item.c.id).where(work_item.c.case_id == case_id, work_item.c.status == "open")
    with db.read() as conn:
        return int(conn.execute(query).scalar_one())


def _signed_in(db: Database) -> Any:
    token = request.cookies.get("session", "")
    query = (
        select(account.c.id, account.c.role, account.c.unit, session.c.csrf, session.c.expires_at)
        .join(account, account.c.id == session.c.account_id)
        .where(session.c.token_hash == hashlib.sha256(token.encode()).digest())
    )
    with db.read() as conn:
        actor = conn.execute(query).first()
    if actor is None or actor.expires_at < _now() or actor.csrf != request.form.get("_csrf"):
        abort(403)
    return actor


def _typed() -> dict[str, Any]:
    typed: dict[str, Any] = {name: value for name, value in request.form.items() if value and "." not in name}
    rows: dict[str, dict[str, str]] = {}
    for name, value in request.form.items():
        if "." in name and value:
            _, index, key = name.split(".")
            rows.setdefault(index, {})[key] = value
    return typed | {"goal_progress": list(rows.values())}


def _store(db: Database, actor: Any, item_id: int, answers: dict[str, Any]) -> None:
    def work(conn: Any) -> None:
        item = conn.execute(
            select(work_item, case_file.c.version).join(case_file, case_file.c.id == work_item.c.case_id)
            .where(work_item.c.id == item_id)
        ).first()
        if item is None or item.role != actor.role or item.unit != actor.unit:
            abort(404)
        now = _now()
        done = {"status": "done", "closed_by": actor.id, "closed_at": now}
        conn.execute(update(work_item).where(work_item.c.id == item_id, work_item.c.status == "open").values(done))
        conn.execute(insert(work_item).values(_visit(item.case_id, now)))
        payload = json.dumps({"item": item_id, "element": item.element, "answers": answers}, ensure_ascii=False)
        conn.execute(insert(event).values(
            case_id=item.case_id, seq=item.version, kind="work_completed", actor_id=actor.id, at=now, payload=payload))
        state = json.dumps({"open": ["visit"], "last_visit": answers}, ensure_ascii=False)
        saved = update(case_file).where(case_file.c.id == item.case_id, case_file.c.version == item.version)
        if conn.execute(saved.values(version=item.version + 1, state=state)).rowcount != 1:
            abort(409)

    db.run(work)


def _visit(case_id: int, now: int) -> dict[str, Any]:
    due = now + int(timedelta(days=14).total_seconds() * 1e6)
    return {
        "case_id": case_id, "element": "visit", "form": "followup_visit", "role": "case_manager", "unit": "centre",
        "since": now, "due_at": due, "status": "open",
    }


def _now() -> int:
    return int(datetime.now(UTC).timestamp() * 1e6)

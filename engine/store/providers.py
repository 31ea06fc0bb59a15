"""The directory of services: providers with what they offer, to whom and where, as they stand now. How they came to
stand so is in the record of the registers (`register_log`)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from engine.store.cases import case_file
from engine.store.messages import message_wait
from engine.store.metadata import AnyRow, Moment, Rows, metadata
from engine.store.units import unit

NEVER, ALWAYS = "", "9999-12-31"
EVERYWHERE = ""
"""As a governorate: the whole country; as a district: the whole governorate."""
ANY_SEX = "any"

provider = Table(
    "provider",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("unit_path", String(255), nullable=False),
    Column("name_ar", String(255), nullable=False),
    Column("name_en", String(255), nullable=False),
    Column("agency_type", String(64), nullable=False),
    Column("usable_until", String(10), nullable=False),
    Column("licence_until", String(10), nullable=False),
    Column("suspended", Boolean, nullable=False),
    Column("suspended_by", Integer),
    Column("verified_on", String(10), nullable=False),
    Column("entry", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("ix_provider_unit_path", "unit_path"),
    Index("ix_provider_licence_until", "licence_until"),
)
"""One line per provider. `entry` is the whole of it as it was entered (JSON); the other columns are what is searched.
`usable_until` is the last day on which it may be chosen for a referral ("" never), days being ISO texts; `unit_path` is
the unit whose people keep the entry. No address stands here: a shelter's is nobody's to read."""

provider_service = Table(
    "provider_service",
    metadata,
    Column("provider_id", Integer, ForeignKey("provider.id"), primary_key=True),
    Column("service_type", String(64), primary_key=True),
    Column("age_min", Integer, nullable=False),
    Column("age_max", Integer, nullable=False),
    Column("sex", String(16), nullable=False),
    Column("free_of_charge", Boolean, nullable=False),
    Column("places_free", Integer),
    Index("ix_provider_service_service_type", "service_type", "provider_id"),
)
"""What a provider offers, and to whom. `places_free` is null where nobody has told."""

provider_area = Table(
    "provider_area",
    metadata,
    Column("provider_id", Integer, ForeignKey("provider.id"), primary_key=True),
    Column("governorate", String(64), primary_key=True),
    Column("district", String(64), primary_key=True),
    Index("ix_provider_area_governorate", "governorate", "district", "provider_id"),
)
"""Where a provider works."""

_p, _s, _a = provider.c, provider_service.c, provider_area.c


def by_code(conn: Connection, code: str) -> AnyRow | None:
    """A provider as it stands; None where there is none."""
    return conn.execute(select(provider).where(_p.code == code)).first()


def by_codes(conn: Connection, codes: Collection[str]) -> Rows:
    """Some providers as they stand."""
    return conn.execute(select(provider).where(_p.code.in_(sorted(codes)))).all() if codes else []


def begun(conn: Connection) -> bool:
    """Whether the directory holds anything yet."""
    return conn.execute(select(_p.id).limit(1)).first() is not None


def save(
    conn: Connection, old: AnyRow | None, columns: Mapping[str, Any], services: Iterable[Mapping[str, Any]],
    areas: Iterable[tuple[str, str]], actor_id: int, now: datetime,
) -> int:
    """Writes a provider, new or in place of `old`, with all that it offers; returns its id."""
    found: Any = old
    values = {**columns, "version": found.version + 1 if found else 1, "changed_by": actor_id, "changed_at": now}
    if found is None:
        id_ = int(conn.execute(insert(provider).values(values).returning(_p.id)).scalar_one())
    else:
        id_ = int(found.id)
        conn.execute(update(provider).where(_p.id == id_).values(values))
        for table in (provider_service, provider_area):
            conn.execute(delete(table).where(table.c.provider_id == id_))
    if lines := [{**line, "provider_id": id_} for line in services]:
        conn.execute(insert(provider_service), lines)
    places = [{"provider_id": id_, "governorate": gov, "district": district} for gov, district in dict.fromkeys(areas)]
    if places:
        conn.execute(insert(provider_area), places)
    return id_


def kept_below(conn: Connection, paths: Collection[str], after: str, limit: int) -> Rows:
    """The providers that the people of some units keep, by code."""
    below = or_(*(_p.unit_path.startswith(path, autoescape=True) for path in sorted(paths)))
    query = select(provider).where(below, _p.code > after).order_by(_p.code)
    return conn.execute(query.limit(limit)).all() if paths else []


def of_kinds(conn: Connection, paths: Collection[str], kinds: Collection[str], limit: int) -> Rows:
    """The providers of some kinds that the people of some units keep, or units above or below them, by name."""
    below = [_p.unit_path.startswith(path, autoescape=True) for path in sorted(paths)]
    above = {path[: at + 1] for path in paths for at, sign in enumerate(path) if sign == "/"}
    query = select(provider).where(or_(*below, _p.unit_path.in_(sorted(above))), _p.agency_type.in_(sorted(kinds)))
    return conn.execute(query.order_by(_p.name_ar, _p.code).limit(limit)).all() if paths and kinds else []


def names(conn: Connection, limit: int) -> Rows:
    """Codes and names of all providers, by name."""
    query: Select[Any] = select(_p.code, _p.name_ar, _p.name_en).order_by(_p.name_ar, _p.code)
    return conn.execute(query.limit(limit)).all()


def services_of(conn: Connection, ids: Collection[int]) -> Rows:
    """What some providers offer."""
    query = select(provider_service).where(_s.provider_id.in_(sorted(ids)))
    return conn.execute(query.order_by(_s.provider_id, _s.service_type)).all() if ids else []


def areas_of(conn: Connection, ids: Collection[int]) -> Rows:
    """Where some providers work."""
    query = select(provider_area).where(_a.provider_id.in_(sorted(ids)))
    return conn.execute(query.order_by(_a.provider_id, _a.governorate, _a.district)).all() if ids else []


def search(
    conn: Connection, service: str, governorate: str, district: str, today: str, limit: int,
    *, age: int | None = None, sex: str = "", free_of_charge: bool = False, with_places: bool = False,
) -> Rows:
    """Who offers a service in an area and may be chosen today, those with free places first. One statement, over the
    lines of that service alone."""
    fits = [_s.service_type == service, _p.usable_until >= today, _works_in(governorate, district)]
    if age is not None:
        fits += [_s.age_min <= age, _s.age_max >= age]
    if sex:
        fits.append(_s.sex.in_((ANY_SEX, sex)))
    if free_of_charge:
        fits.append(_s.free_of_charge)
    if with_places:
        fits.append(_s.places_free > 0)
    lines = [column for column in provider_service.c if column.name != "provider_id"]
    query: Select[Any] = select(provider, *lines).join_from(
        provider_service, provider, _p.id == _s.provider_id
    ).where(*fits)
    # Those who told of free places, then those who told nothing, those who are full last.
    order = case((_s.places_free > 0, 0), (_s.places_free.is_(None), 1), else_=2)
    return conn.execute(query.order_by(order, _s.places_free.desc(), _p.name_ar, _p.id).limit(limit)).all()


def near(conn: Connection, governorate: str, district: str, today: str, each: int) -> Rows:
    """Code, names, licence and service of who works in an area and may be chosen today, at most so many for each
    service, those with free places first. One statement, over the providers of the area alone."""
    here = [_a.governorate.in_((EVERYWHERE, governorate))]
    if district:
        here.append(_a.district.in_((EVERYWHERE, district)))
    full = case((_s.places_free > 0, 0), else_=1).label("full")
    offers = (
        select(_p.id, _p.code, _p.name_ar, _p.name_en, _p.licence_until, _s.service_type, full)
        .select_from(provider_area.join(provider, _p.id == _a.provider_id))
        .join(provider_service, _s.provider_id == _p.id)
        .where(_p.usable_until >= today, *here).distinct().subquery()
    )
    order = (offers.c.full, offers.c.name_ar, offers.c.id)
    place = func.row_number().over(partition_by=offers.c.service_type, order_by=order).label("place")
    ranked = select(offers, place).subquery()
    query = select(ranked).where(ranked.c.place <= each).order_by(ranked.c.name_ar, ranked.c.code)
    return conn.execute(query).all()


def anywhere(conn: Connection, services: Collection[str], today: str, each: int) -> Rows:
    """The same of the whole country: so many for each of some services, whichever come first. What is near may be where
    the danger is."""
    lines = [_of_service(service, today, each) for service in sorted(services)]
    return conn.execute(union_all(*lines)).all() if lines else []


def _of_service(service: str, today: str, each: int) -> Select[Any]:
    query = (
        select(_p.code, _p.name_ar, _p.name_en, _p.licence_until, _s.service_type)
        .join_from(provider_service, provider, _p.id == _s.provider_id)
        .where(_s.service_type == service, _p.usable_until >= today)
        .order_by(_s.provider_id).limit(each)
    )
    return select(query.subquery())


def ending_under(conn: Connection, manager_id: int, by: str, limit: int) -> Rows:
    """The providers that answer open referrals of a manager's cases and may not be chosen any more, or no longer after
    a day: code, names, until when, and the case. One statement."""
    query: Select[Any] = (
        select(_p.code, _p.name_ar, _p.name_en, _p.usable_until, _p.suspended, case_file.c.id, case_file.c.number)
        .join_from(case_file, message_wait, message_wait.c.case_id == case_file.c.id)
        .join(unit, unit.c.id == message_wait.c.offer_unit_id)
        .join(provider, _p.code == unit.c.code)
        .where(case_file.c.manager_id == manager_id, case_file.c.kind == "case", case_file.c.closed_at.is_(None))
        .where(_p.usable_until <= by).distinct().order_by(_p.usable_until, case_file.c.id)
    )
    return conn.execute(query.limit(limit)).all()


def _works_in(governorate: str, district: str) -> ColumnElement[bool]:
    here = [_a.provider_id == _p.id, _a.governorate.in_((EVERYWHERE, governorate))]
    if not governorate:
        here = here[:1]
    elif district:
        here.append(_a.district.in_((EVERYWHERE, district)))
    return exists().where(*here)

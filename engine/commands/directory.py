"""Logins and unit codes, as diagrams and answers name them, and the accounts and units behind them."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from engine.facts import Facts
from engine.store.accounts import account, membership
from engine.store.units import unit

# Every move may ask these, so they are put together once.
_UNIT = select(unit.c.id, unit.c.path).where(unit.c.code == bindparam("code"))
_POSTS = (
    select(unit.c.id, unit.c.path)
    .join(membership, membership.c.unit_id == unit.c.id)
    .where(membership.c.account_id == bindparam("who"), membership.c.role.in_(bindparam("roles", expanding=True)))
)

class Directory:
    """Looks up what a case has not met before, once; ids never change, so what it met stands in its facts."""

    def __init__(self, conn: Connection, facts: Facts) -> None:
        self._conn = conn
        self.accounts: dict[str, int] = dict(facts.accounts)
        self.units: dict[str, int] = dict(facts.units)

    def account(self, login: str) -> int | None:
        """The account with a login; None when there is none (the work then stays with its groups)."""
        if login not in self.accounts:
            found = self._conn.scalar(select(account.c.id).where(account.c.login == login))
            if found is None:
                return None
            self.accounts[login] = found
        return self.accounts[login]

    def known(self, login: str) -> int | None:
        """The account behind a login that the case has met already."""
        return self.accounts.get(login)

    def place_of(self, account_id: int, roles: Iterable[str], current: tuple[int, str]) -> tuple[int, str]:
        """The unit in which an account holds one of the roles, where it lies in the case's present unit: a
        directorate hands work down to its centres. Else the present unit."""
        return self.place_within(account_id, roles, current) or current

    def place_within(self, account_id: int, roles: Iterable[str], current: tuple[int, str]) -> tuple[int, str] | None:
        """The same, but None where the account holds none of the roles in the present unit, below or above it."""
        rows = self._conn.execute(_POSTS, {"who": account_id, "roles": list(roles)}).all()
        below = [(row.id, row.path) for row in rows if row.path.startswith(current[1])]
        reached = any(current[1].startswith(row.path) for row in rows)
        return max(below, key=lambda place: len(place[1]), default=current if reached else None)

    def unit(self, code: object, before: str, current: tuple[int, str]) -> tuple[int, str]:
        """Id and path of the unit that the case's variable names, where it names another than `before`."""
        if not isinstance(code, str) or not code or code == before:
            return current
        row = self._conn.execute(_UNIT, {"code": code}).first()
        return (row.id, row.path) if row else current

    def answering_person(self, login: object, roles: Iterable[str]) -> tuple[int, int | None]:
        """The account that alone may answer, and the unit where it holds one of the roles; 0 where nobody may."""
        named = self.account(login) if isinstance(login, str) and login else None
        held = select(membership.c.unit_id).where(
            membership.c.account_id == named, membership.c.role.in_(list(roles))).order_by(membership.c.unit_id)
        post = self._conn.scalar(held.limit(1)) if named is not None else None
        return (named, post) if named is not None and post is not None else (0, None)

    def answering_unit(self, code: str) -> int | None:
        """The unit with a code, if anybody of it can sign in to answer; None otherwise (a worker then types in what
        a provider without an account said)."""
        if code not in self.units:
            query = (
                select(unit.c.id)
                .join(membership, membership.c.unit_id == unit.c.id)
                .join(account, account.c.id == membership.c.account_id)
                .where(unit.c.code == code, account.c.active)
            )
            self.units[code] = self._conn.scalar(query.limit(1)) or 0
        return self.units[code] or None

"""Who acts: a signed-in person with their roles and units."""

from dataclasses import dataclass

from engine.text import Text

CURRENT_USER = "current_user"
"""The name under which a form knows the login of whoever fills it."""


@dataclass(frozen=True)
class Membership:
    """A role held in a unit. `unit_path` is the unit's place in the tree, as "/1/4/9/" (ministry first)."""

    role: str
    unit_id: int
    unit_path: str


@dataclass(frozen=True)
class Actor:
    """A person (or, with id 0, the system) on whose behalf a command runs."""

    id: int
    login: str
    name: Text
    memberships: tuple[Membership, ...] = ()
    stands_in_for: frozenset[int] = frozenset()
    """The accounts that are away at this moment and whose deputy this person is."""

    @property
    def roles(self) -> frozenset[str]:
        """All roles held anywhere."""
        return frozenset(m.role for m in self.memberships)


SYSTEM = Actor(0, "system", Text("النظام", "System"))
PUBLIC = Actor(-1, "public", Text("مبلّغ من الجمهور", "A member of the public"), (Membership("public", 0, ""),))
"""Whoever reports without signing in. Nobody signs in as this, and it is related to no case and no report."""
BY_LINK = Actor(
    -2, "provider_link", Text("مقدم خدمة برابط لمرة واحدة", "A provider, by a one-time link"),
    (Membership("provider_user", 0, ""),),
)
"""Whoever answers a referral by a one-time link. Nobody signs in as this: only the link gives it anything."""

"""Publishing with a second person on both databases, and what verification says of the studio afterwards."""

import pytest
from sqlalchemy import update

from engine.actor import Actor, Membership
from engine.commands.deciding import approve
from engine.commands.drafting import save
from engine.commands.publishing import Chosen, publish_drafts, publish_files
from engine.definitions import Source
from engine.errors import Conflict, NotAllowed
from engine.queries.in_force import content_of, newest_bundle
from engine.queries.studio_record import verify_studio
from engine.store.definitions import definition
from engine.text import Text
from tests.engine.commands.house import House

ANALYST = (Membership("process_analyst", 1, "/1/"),)
DIMA = Actor(901, "dima", Text("ديما", "Dima"), ANALYST)
WAEL = Actor(902, "wael", Text("وائل", "Wael"), ANALYST)
CLERK = Actor(903, "clerk", Text("كاتب", "Clerk"), (Membership("case_manager", 1, "/1/"),))
LIST = b"answers:\n  - {value: 'yes', ar: 'a', en: 'Yes'}\n"
MARKS = b"second_person:\n  - {value: 'list answers', ar: 'a', en: 'Answers'}\n"


def test_a_release_is_published_proposed_and_approved(house: House) -> None:
    masar = house.masar
    with pytest.raises(NotAllowed):
        publish_files(masar, CLERK, [Source("list", "answers", LIST)], "note")
    first = publish_files(masar, DIMA, [Source("list", "answers", LIST)], "new")
    assert first.bundle_id is not None
    marking = publish_files(masar, DIMA, [Source("list", "second_person", MARKS)], "mark")
    assert (marking.bundle_id, marking.held) == (None, ("second_person.yaml",))
    assert marking.proposal_id
    with pytest.raises(NotAllowed):
        approve(masar, DIMA, marking.proposal_id)
    approved = approve(masar, WAEL, marking.proposal_id)
    saved = save(masar, DIMA, "list", "answers", LIST.replace(b"Yes", b"Indeed"), 0)
    with pytest.raises(Conflict):
        publish_drafts(masar, DIMA, [Chosen("list", "answers", saved.revision - 1)], "old")
    proposed = publish_drafts(masar, DIMA, [Chosen("list", "answers", saved.revision)], "better")
    assert proposed.proposal_id
    with masar.db.read() as conn:
        assert content_of(conn, "list", "answers") == LIST
        assert newest_bundle(conn) == approved.bundle_id
    approve(masar, WAEL, proposed.proposal_id)
    with masar.db.read() as conn:
        assert b"Indeed" in (content_of(conn, "list", "answers") or b"")
    assert verify_studio(masar) == []
    swapped = update(definition).where(definition.c.key == "answers", definition.c.version == 2)
    masar.db.run(lambda conn: conn.execute(swapped.values(source=LIST, sha256=Source("list", "x", LIST).sha256)))
    assert [problem.en for problem in verify_studio(masar)] == [
        "studio: version 2 of list answers is not what was published"
    ]

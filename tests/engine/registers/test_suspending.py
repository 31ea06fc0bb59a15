"""A suspension of a provider is told to each case that waits for it, also where a process dies in between."""

from datetime import timedelta
from typing import Any

import pytest

from engine.actor import Actor
from engine.commands import messages
from engine.commands.providers import suspend_provider
from engine.errors import Conflict
from engine.masar import Masar
from engine.text import Text
from engine.worker import LEASE, run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.registers.office import Office

TOLD = d.file(
    d.process(
        "case", d.start(),
        d.tag("intermediateCatchEvent", {"id": "told"}, d.message_event("m")),
        d.user("look", groups="case_manager"), d.end(), d.path("S", "told", "look", "E")),
    d.message("m", "provider_suspended", "=to"),
)


def test_a_suspension_makes_somebody_look_in_each_case_with_that_provider_and_in_no_other(
    office_on_both: Office,
) -> None:
    office, keeper = office_on_both, office_on_both.person("nawal")
    office.house.publish(TOLD)
    opened = {}
    for code in ("held", "other"):
        office.provider(code)
        opened[code] = office.house.open("case", origin=code, case_manager="mona", unit="centre", to=code).id
    suspend_provider(office.masar, keeper, "held", "شكوى")
    run_pass(office.masar)
    looked = {code: list(office.house.items(case_id)) for code, case_id in opened.items()}
    assert looked == {"held": ["look"], "other": []}


def test_a_process_that_dies_while_it_tells_of_a_suspension_leaves_no_case_untold_and_tells_none_twice(
    office_on_both: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    office, keeper = office_on_both, office_on_both.person("nawal")
    office.house.publish(TOLD)
    office.provider("held")
    opened = [office.house.open("case", origin=f"{nth}", case_manager="mona", unit="centre", to="held").id
              for nth in range(3)]
    office.house.clock.advance(timedelta(seconds=1))
    suspend_provider(office.masar, keeper, "held", "شكوى")  # and the process that served the page is gone

    def looking() -> list[bool]:
        return ["look" in office.house.items(case_id) for case_id in opened]

    def dies(*told: Any) -> None:
        if sum(looking()) == 1:
            raise KeyboardInterrupt
        deliver(*told)

    deliver = messages._deliver
    assert looking() == [False, False, False]
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(messages, "_deliver", dies)
        run_pass(office.masar)
    assert looking().count(True) == 1
    run_pass(office.masar)
    assert looking().count(True) == 1  # still leased to the worker that died
    office.house.clock.advance(LEASE)
    run_pass(office.masar)
    assert looking() == [True, True, True]
    assert not run_pass(office.masar).told
    assert all(office.house.kinds(case_id).count("message_received") == 1 for case_id in opened)


def test_a_case_that_cannot_be_told_keeps_no_other_from_being_told_and_is_told_later(
    office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.house.publish(TOLD)
    office.provider("held")
    first, second = (office.house.open("case", origin=nth, case_manager="mona", unit="centre", to="held").id
                     for nth in "ab")
    office.house.clock.advance(timedelta(seconds=1))
    suspend_provider(office.masar, office.person("nawal"), "held", "شكوى")
    deliver = messages._deliver

    def refuses(masar: Masar, actor: Actor, wait: Any, *more: Any) -> None:
        if wait.case_id == first:
            raise Conflict(Text("مشغولة"))
        deliver(masar, actor, wait, *more)

    with monkeypatch.context() as patch:
        patch.setattr(messages, "_deliver", refuses)
        run_pass(office.masar)
    assert not office.house.items(first) and list(office.house.items(second)) == ["look"]
    office.house.clock.advance(LEASE)
    run_pass(office.masar)
    assert list(office.house.items(first)) == ["look"]

"""Whom a leak concerns, as the access log says it (D7)."""

import datetime as dt
from typing import Any

import pytest

from basis.errors import Rejected
from core.now import pretend
from leaks.models import Leak, LeakPerson
from leaks.services import leaks, persons
from leaks.sockets import SHOWN, SOURCES
from organization.models import User
from proposals.models import Proposal
from proposals.people import PROPOSER
from tests import factories as make
from tests.leaks.made import FRIDAY, HOUR, by_account, facts, looked, officer
from tests.proposals import made as ideas

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


@pytest.fixture(autouse=True)
def _saturday() -> Any:
    with pretend(FRIDAY + 20 * HOUR):
        yield


def register(account: User, **values: Any) -> Leak:
    return leaks.register(by_account(account, **values), actor=officer())


def citizen(pk: int, **values: Any) -> dict[str, Any]:
    return {"subject_kind": "proposer", "subject_id": str(pk), "subject_label": f"{pk} 제안자", **values}


def another(**person: Any) -> Proposal:
    from proposals.enums import Channel
    from proposals.services import receiving

    made, _token = receiving.enter(
        ideas.CONTENT, [{**ideas.CITIZEN, **person}], channel=Channel.POST, actor=make.planner()
    )
    return made


def test_d7_everybody_the_log_names_counts_once_however_often_looked_at() -> None:
    thief, seen, other, stranger = (make.UserFactory() for _n in range(4))
    for _n in range(3):
        looked(thief, seen)
    looked(thief, seen, action="export")
    looked(thief, other, at=FRIDAY)  # the ends count
    looked(thief, stranger, at=FRIDAY + HOUR)  # after the time
    looked(thief, stranger, at=FRIDAY - 25 * HOUR)  # before it
    looked(other, stranger)  # by another account
    leak = register(thief)
    rows = {row.user: (row.looks, row.reachable) for row in leak.persons.all()}
    assert rows == {seen: (4, True), other: (1, True)}
    assert (leak.from_log, leak.from_groups, leak.people) == (2, 0, 2)


def test_d7_a_period_without_an_account_takes_the_looks_of_everybody() -> None:
    one, two, seen = (make.UserFactory() for _n in range(3))
    looked(one, seen)
    looked(two, one)
    looked(None, seen)  # the command line
    leak = leaks.register(facts(looks_from=FRIDAY - 5 * HOUR, looks_to=FRIDAY), actor=officer())
    assert leak.from_log == 2
    assert leaks.register(facts(), actor=officer()).from_log == 0  # no time: only what is typed


def test_d7_citizens_behind_a_proposal_and_its_letters_count_once_over_all_their_proposals() -> None:
    from letters.models import Letter

    thief = make.UserFactory()
    first, again = ideas.entered(), another(phone="01000000000")  # the same name and number
    third = another(name="박구민", phone="", email="park@example.com")
    letter = Letter.objects.about(third).first()
    assert letter is not None
    for proposal in (first, again, first):
        looked(thief, **citizen(proposal.pk))
    looked(thief, subject_kind="letter", subject_id=str(letter.pk), subject_label="안내")
    looked(thief, **citizen(third.pk))
    leak = register(thief)
    keys = set(leak.persons.values_list("source", "key", "looks"))
    assert keys == {
        (PROPOSER, first.proposers.get().pk, 3),
        (PROPOSER, third.proposers.get().pk, 2),
    }
    assert not leak.groups.exists()


def test_d7_a_staff_proposer_is_the_same_person_as_the_colleague_looked_at() -> None:
    thief, colleague = make.UserFactory(), make.UserFactory()
    proposal = ideas.entered()
    proposal.proposers.update(user=colleague, name="")
    looked(thief, colleague)
    looked(thief, **citizen(proposal.pk))
    (row,) = register(thief).persons.all()
    assert (row.user, row.looks) == (colleague, 2)


def test_d7_a_list_that_was_downloaded_is_counted_by_hand_and_never_guessed() -> None:
    thief = make.UserFactory()
    for _n in range(2):
        looked(thief, action="export", subject_label="직원: 총무")
    looked(thief, action="export", subject_kind="file", subject_label="공휴일")  # nobody's data
    actor = officer()
    leak = leaks.register(by_account(thief), actor=actor)
    (group,) = leak.groups.all()
    assert (group.title, group.people, group.looks, group.from_log) == ("직원: 총무", None, 2, True)
    assert leak.people == 0
    persons.count(leak, group=group, people=30, actor=actor)
    persons.count(leak, title="종이 서류", people=12, estimated=True, actor=actor)
    leak.refresh_from_db()
    assert (leak.from_log, leak.from_groups, leak.people) == (0, 42, 42)
    leak = persons.gather(leak, actor=actor)  # what was said of the list stays
    assert (leak.groups.get(from_log=True).people, leak.people) == (30, 42)
    persons.uncount(leak.groups.get(from_log=False), actor=actor)
    persons.uncount(leak.groups.get(), actor=actor)
    leak.refresh_from_db()
    assert (leak.people, leak.groups.get().people) == (0, None)


def test_d7_nobody_of_a_list_needs_to_be_said() -> None:
    actor = officer()
    leak = leaks.register(facts(), actor=actor)
    with pytest.raises(Rejected) as refused:
        persons.count(leak, title="목록", people=0, actor=actor)
    assert refused.value.field == "note"
    persons.count(leak, title="목록", people=0, note="위 명단과 같음", actor=actor)


def test_d7_who_was_told_stays_in_the_list_when_the_time_is_put_right() -> None:
    thief, told, not_told = (make.UserFactory() for _n in range(3))
    looked(thief, told)
    looked(thief, not_told)
    actor = officer()
    leak = leaks.register(by_account(thief), actor=actor)
    LeakPerson.objects.filter(user=told).update(told_at=FRIDAY)
    later = by_account(thief) | {"looks_from": FRIDAY - HOUR}
    leaks.edit(leak, later, actor=actor, version=leak.version)
    assert [row.user for row in leak.persons.all()] == [told]


def test_d7_what_keeps_people_is_plugged_in_by_who_keeps_them() -> None:
    assert {source.key for source in SOURCES} == {PROPOSER}
    assert {shown.kind for shown in SHOWN} == {"entrant", "entrants", "letter", "proposer"}


def test_d7_a_forgotten_citizen_has_no_name_here_either() -> None:
    from leaks.selectors import contacts

    proposal = ideas.entered()
    person = proposal.proposers.get()
    key = (None, PROPOSER, person.pk)
    assert contacts([key])[key].name == "김구민"
    proposal.proposers.update(anonymised_on=dt.date(2026, 11, 28), name="", phone="")
    assert contacts([key]) == {}

"""A proposal of an earlier year is put right when its import can no longer be undone: statistics follow, the log says
why, and both values stay (N1)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from basis.days import Day, Precision
from basis.errors import Refused, Rejected
from core.editing import Conflict
from core.models import OpenWork
from core.now import pretend
from core.transition import history
from letters.models import Letter
from notifications.models import Notice
from organization.naming import Named
from proposals.enums import State
from proposals.forms.past import CorrectionForm, as_it_is
from proposals.models import Decision, Proposal, Proposer, Undertaking
from proposals.services import past_corrections, receiving
from proposals.services.intake import moment
from proposals.similar import TITLES
from tests import factories as make
from tests.proposals.made import CONTENT, entered, fresh, recorded
from tests.workbooks import filled

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
D = dt.date


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(TODAY):
        yield


@pytest.fixture
def record() -> Proposal:
    place = make.DepartmentFactory(name="교통행정과")
    return recorded(
        make.planner(),
        outcome=State.ADOPTED,
        department=Named(place, place.name),
        reason="내년에 답니다.",
        received=Day(D(2015, 3, 1), Precision.MONTH),
        decided=Day(D(2015, 5, 7)),
        name="홍길순",
    )


def corrected(proposal: Proposal, **said: Any) -> Proposal:
    """By the form, with what it shows unless said otherwise."""
    proposal = fresh(proposal)
    shown = {k: str(v) if isinstance(v, Day) else v for k, v in as_it_is(proposal).items()}
    form = CorrectionForm({**shown, "reason": "대장과 다름", **said})
    assert form.is_valid(), form.errors
    past_corrections.correct(
        proposal,
        form.said(),
        reason="대장과 다름",
        actor=make.planner(),
        version=form.cleaned_data["version"],
    )
    return Proposal.objects.get(pk=proposal.pk)


def adopted_in(year: int) -> int:
    return Proposal.objects.filter(state=State.ADOPTED, received_on__year=year).count()


def test_n1_year_number_days_and_outcome_are_corrected_and_the_log_keeps_both_values(
    record: Proposal,
) -> None:
    assert (adopted_in(2015), record.state) == (1, State.ADOPTED)
    found = corrected(record, year=2014, number=12, received="2014-02", outcome="rejected", decided="2014")
    assert (found.code, found.state, adopted_in(2015)) == ("2014-00012", State.REJECTED, 0)
    assert found.day("received_on") == Day(D(2014, 2, 1), Precision.MONTH)
    assert found.received_at == moment(D(2014, 2, 1))
    decision = Decision.objects.get(proposal=found)
    assert (decision.outcome, decision.taken, decision.reason) == (State.REJECTED, "", "내년에 답니다.")
    log = history(found).get(name="correct_record")
    assert log.reason == "대장과 다름"
    assert {"연도", "번호", "접수일", "결정"} <= set(log.data["fields"])
    changes = [entry.changes for entry in LogEntry.objects.get_for_objects(Proposal.objects.all())]
    assert any(one.get("year") == ["2015", "2014"] for one in changes if one)
    assert any(one.get("state") == ["adopted", "recorded"] for one in changes if one)
    whole = [entry.changes for entry in LogEntry.objects.get_for_objects(Decision.objects.all())]
    assert any(one.get("outcome") == ["adopted", "rejected"] for one in whole if one)
    again = corrected(found, outcome="", department="", said_why="", decided="")
    assert (again.state, Decision.objects.exists()) == (State.RECORDED, False)
    assert corrected(again, outcome="adopted").state == State.ADOPTED
    assert Decision.objects.get().outcome == State.ADOPTED


def test_n1_what_citizens_wrote_and_who_they_are_is_corrected_without_a_trace_of_it(record: Proposal) -> None:
    found = corrected(record, title="골목 보안등 모두 바꾸기", proposer="김구민")
    assert Proposer.objects.get(proposal=found).name == "김구민"
    (hit,) = TITLES.find("골목 보안등 모두 바꾸기", Proposal.objects.all())
    assert hit.score == 1
    log = history(found).get(name="correct_record")
    assert {"제목", "제안자"} <= set(log.data["fields"])
    told = str([entry.changes for entry in LogEntry.objects.all()]) + str(
        [row.data for row in history(found)]
    )
    for words in ("보안등 모두", "김구민", "홍길순"):
        assert words not in told
    person = make.UserFactory(name="박직원")
    found = corrected(found, proposer=person.employee_number)
    main = Proposer.objects.get(proposal=found)
    assert (main.user, main.name) == (person, "")
    Proposer.objects.update(anonymised_on=TODAY)
    with pytest.raises(Rejected) as refused:
        corrected(found, proposer="이구민")
    assert refused.value.field == "proposer"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"received": "2014-03-05"}, "received"),
        ({"received": "", "decided": "2027"}, "decided"),
        ({"year": 2027, "received": ""}, "year"),
        ({"received": "2015-05-08"}, "decided"),
        ({"outcome": "rejected", "carry_out": "2015-08-01"}, "carry_out"),
        ({"number": 4}, "number"),
    ],
)
def test_n1_what_cannot_have_been_is_refused_beside_its_field(
    record: Proposal, said: dict[str, Any], field: str
) -> None:
    recorded(make.planner(), number=4)
    with pytest.raises(Rejected) as refused:
        corrected(record, **said)
    assert refused.value.field == field
    assert fresh(record).version == record.version


def test_n1_nothing_changed_is_no_correction_and_somebody_elses_is_not_overwritten(record: Proposal) -> None:
    with pytest.raises(Rejected, match="바뀐 내용이 없습니다"):
        corrected(record)
    before = fresh(record).version
    corrected(record, number=9)
    with pytest.raises(Conflict):
        corrected(record, number=10, version=before)


def test_n1_only_planning_corrects_and_only_records(record: Proposal) -> None:
    shown = {**as_it_is(fresh(record)), "received": "2015-03", "decided": "2015-05-07"}
    form = CorrectionForm({**shown, "number": 8, "reason": "왜"})
    assert form.is_valid(), form.errors
    head = make.head_of(make.DepartmentFactory())
    for person in (make.UserFactory(), head):
        with pytest.raises(Refused):
            past_corrections.correct(record, form.said(), reason="왜", actor=person)
    ours = entered()
    with pytest.raises(Refused):
        past_corrections.correct(ours, form.said(), reason="왜", actor=make.planner())
    client = Client()
    client.force_login(make.planner())
    assert "correct-record" not in client.get(ours.get_absolute_url()).content.decode()


def test_n1_nothing_is_to_do_told_or_followed_by_it(record: Proposal) -> None:
    before = [model.objects.count() for model in (OpenWork, Notice, Letter, Undertaking)]
    corrected(record, outcome="rejected")
    corrected(record, outcome="adopted", carry_out="2015-08-01")
    assert [model.objects.count() for model in (OpenWork, Notice, Letter, Undertaking)] == before


def test_n1_a_number_corrected_into_this_year_is_not_given_again(record: Proposal) -> None:
    corrected(record, year=2026, number=41, received="", decided="")
    person = make.UserFactory()
    assert receiving.propose(CONTENT, [{"user": person}], actor=person).number == 42


def test_n1_the_page_corrects_and_shows_nobodys_name(record: Proposal) -> None:
    client = Client()
    client.force_login(make.planner())
    url = reverse("proposals:desk_correct_record", args=[record.pk])
    assert url in client.get(record.get_absolute_url()).content.decode()
    page = client.get(url)
    text = page.content.decode()
    for words in ("교통행정과", "2015. 3", "정정 사유", "내년에 답니다."):
        assert words in text, words
    assert "홍길순" not in text
    shown = filled(page.context["form"])
    assert client.post(url, {**shown, "number": 99, "reason": " "}).status_code == 422
    assert client.post(url, {**shown, "number": 99, "reason": "대장과 다름"}).status_code == 302
    assert fresh(record).number == 99
    assert "대장과 다름" in client.get(record.get_absolute_url()).content.decode()

"""A case of an earlier year is put right when its import can no longer be undone: statistics follow, the log says why
(N1)."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client

from basis.days import Day, Precision
from basis.errors import Refused, Rejected
from benchmarking.enums import CaseState, Decision, Origin
from benchmarking.excel import PastCaseImporter
from benchmarking.forms.past import CorrectionForm, as_it_is
from benchmarking.models import Case, FollowUp, Review
from benchmarking.selectors.cases import recorded_reviews
from benchmarking.selectors.statistics import Outcomes, outcomes_by_year
from benchmarking.services import dispatch
from benchmarking.services import past_corrections as services
from benchmarking.services.cases import restore
from core.models import OpenWork, TransitionLog
from core.now import pretend
from core.transition import history
from mileage.models import Entry
from notifications.models import Notice
from tests import factories as make
from tests.basis.excel_files import taken, workbook
from tests.workbooks import filled, sent

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
BACKEND = "organization.backends.Backend"


@pytest.fixture(autouse=True)
def case() -> Any:
    with pretend(TODAY):
        for name in ("교통행정과", "건축과", "주택과"):
            make.DepartmentFactory(name=name)
        head = ["연도", "번호", "사례명", "부서별 검토 결과", "발굴일", "결정일", "업무반영", "반영 내용"]
        row = [
            "2015",
            3,
            "공유주차",
            "교통행정과: 도입, 건축과: 현행유지",
            "2015-03",
            "2015-04-02",
            "○",
            "세 곳",
        ]
        assert not taken(PastCaseImporter(), workbook([head, row]), make.planner()).errors
        yield Case.objects.get()


def corrected(case: Case, **said: Any) -> Case:
    """By the form, with what it shows unless said otherwise."""
    reviews = recorded_reviews(case)
    shown = {
        name: str(value) if isinstance(value, Day) else value
        for name, value in as_it_is(case, reviews).items()
    }
    form = CorrectionForm({**shown, "reason": "대장과 다름", **said}, reviews=reviews)
    assert form.is_valid(), form.errors
    return services.correct(
        case, form.said(), reason=form.cleaned_data["reason"], actor=make.planner(), version=case.version
    )


def key(name: str) -> int:
    return Review.objects.get(department_name=name).pk


def line(year: int) -> tuple[int, int, int]:
    found = outcomes_by_year(2013, 2016)[year]
    return found.adopted, found.kept, found.pending


def test_n1_a_wrong_decision_is_corrected_and_the_statistics_follow(case: Case) -> None:
    assert (case.state, line(2015)) == (CaseState.IMPLEMENTED, (1, 0, 0))
    corrected(case, **{f"decision_{key('교통행정과')}": "long_term", "followed": False})
    case.refresh_from_db()
    assert (case.state, case.outcome, line(2015)) == (CaseState.DECIDED, Decision.LONG_TERM, (0, 1, 0))
    assert not FollowUp.objects.exists()
    log = history(case).get(name="correct_record")
    assert (log.reason, "교통행정과" in log.data["fields"]) == ("대장과 다름", True)
    changes = [entry.changes for entry in LogEntry.objects.get_for_model(Review)]
    assert any(found and found.get("decision") == ["adopt", "long_term"] for found in changes)


def test_n1_year_number_and_days_are_corrected_as_far_as_they_are_known(case: Case) -> None:
    corrected(case, year=2014, number=12, found="2014", decided="2014. 5.")
    case.refresh_from_db()
    assert (case.code, case.day("found_on")) == ("2014-0012", Day(dt.date(2014, 1, 1), Precision.YEAR))
    assert case.day("decided_on") == Day(dt.date(2014, 5, 1), Precision.MONTH)
    assert {r.day("completed_on") for r in recorded_reviews(case)} == {case.day("decided_on")}
    assert (line(2014), line(2015)) == ((1, 0, 0), (0, 0, 0))
    corrected(case, found="2014-02-03")
    case.refresh_from_db()
    assert case.day("found_on") == Day(dt.date(2014, 2, 3)), "now the day is known"


def test_n1_departments_are_taken_out_and_added(case: Case) -> None:
    corrected(case, **{f"gone_{key('건축과')}": True, "added": "주택과", "added_decision": "in_force"})
    found = {r.department_name: r.decision for r in recorded_reviews(case)}
    case.refresh_from_db()
    assert found == {"교통행정과": "adopt", "주택과": "in_force"}
    assert (case.reviews_total, case.reviews_done) == (2, 2)
    gone = {f"gone_{key(name)}": True for name in found}
    corrected(case, **gone, followed=False)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.round_number, line(2015)) == (CaseState.RECORDED, "", 0, (0, 0, 1))
    corrected(case, decision="adopt", followed=True, implemented="2016")
    case.refresh_from_db()
    assert (case.state, case.day("implemented_on")) == (
        CaseState.IMPLEMENTED,
        Day(dt.date(2016, 1, 1), Precision.YEAR),
    )
    corrected(case, added="건축과", added_decision="keep", followed=False)
    case.refresh_from_db()
    assert (case.outcome, case.round_number) == (Decision.KEEP, 1)


def test_n1_nothing_is_to_do_told_or_earned_by_it(case: Case) -> None:
    before = [model.objects.count() for model in (OpenWork, Notice, Entry)]
    corrected(case, added="주택과", added_decision="adopt", result="네 곳")
    assert FollowUp.objects.count() == 2
    assert [model.objects.count() for model in (OpenWork, Notice, Entry)] == before


def test_n1_what_will_not_do_is_said(case: Case) -> None:
    with pytest.raises(Rejected, match="바뀐 내용이 없습니다"):
        corrected(case)
    with pytest.raises(Rejected, match="도입한 사례만"):
        corrected(case, **{f"decision_{key('교통행정과')}": "keep"})
    make.planner()
    form = CorrectionForm({"year": 2015, "added": "없던과"}, reviews=[])
    assert {"added", "reason", "title", "number"} <= set(form.errors)
    late = CorrectionForm({"year": 2015, "found": "2027", "decided": "모름"}, reviews=[])
    assert {"found", "decided"} <= set(late.errors)
    with pytest.raises(Refused):
        services.withdraw(case, reason="잘못", actor=make.UserFactory())
    ours = make.CaseFactory(title="지금 사례입니다")
    with pytest.raises(Refused):
        services.withdraw(ours, reason="잘못", actor=make.planner())


def test_n1_a_record_that_was_sent_again_is_corrected_in_its_reviews(case: Case) -> None:
    corrected(case, **{f"decision_{key('교통행정과')}": "long_term", "followed": False})
    dispatch.dispatch([Case.objects.get(pk=case.pk)], [make.DepartmentFactory()], actor=make.planner())
    Case.objects.filter(pk=case.pk).update(state=CaseState.DECIDED)
    with pytest.raises(Rejected, match="다시 검토를 보낸"):
        corrected(Case.objects.get(pk=case.pk), year=2014)


def test_n1_what_was_brought_in_by_mistake_counts_no_longer_until_restored(
    case: Case, client: Client
) -> None:
    whole = outcomes_by_year(2013, 2016)
    client.force_login(make.planner(), backend=BACKEND)
    page = client.get(case.get_absolute_url()).content.decode()
    for words in ("기록 정정", "거두기"):
        assert words in page
    sent(client, f"/benchmarking/{case.pk}/withdraw-record/", {"reason": "다른 구의 사례"})
    case.refresh_from_db()
    assert (case.state, outcomes_by_year(2013, 2016)[2015]) == (CaseState.CANCELLED, Outcomes())
    assert TransitionLog.objects.get(name="withdraw_record").reason == "다른 구의 사례"
    page = client.get(case.get_absolute_url()).content.decode()
    assert "거둔 것 되돌리기" in page
    assert "등록 취소 되돌리기" not in page
    with pytest.raises(Refused):
        restore(case, actor=make.planner())
    head = ["연도", "번호", "사례명"]
    again = taken(PastCaseImporter(), workbook([head, ["2015", 4, "공유주차"]]), make.planner(), dry_run=True)
    assert again.errors == [], "the right one may come in"
    sent(client, f"/benchmarking/{case.pk}/restore-record/")
    case.refresh_from_db()
    assert (case.state, case.origin, outcomes_by_year(2013, 2016)) == (
        CaseState.IMPLEMENTED,
        Origin.RECORD,
        whole,
    )


def test_n1_the_page_corrects(case: Case, client: Client) -> None:
    client.force_login(make.planner(), backend=BACKEND)
    url = f"/benchmarking/{case.pk}/correct-record/"
    page = client.get(url).content.decode()
    for words in ("교통행정과", "건축과", "2015. 3", "정정 사유"):
        assert words in page, words
    shown = filled(client.get(url).context["form"])
    assert client.post(url, {**shown, "number": 99, "reason": "대장과 다름"}).status_code == 302
    case.refresh_from_db()
    assert (case.number, case.day("found_on")) == (99, Day(dt.date(2015, 3, 1), Precision.MONTH))
    assert client.post(url, {"year": 2015}).status_code == 422

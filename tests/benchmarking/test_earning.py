"""What benchmarking earns (B10): each once, with the event; undoing the event takes it back."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benchmarking.enums import Decision
from benchmarking.models import Case
from benchmarking.services import cases, follow_ups
from core.now import pretend
from mileage.models import Account, Entry
from reviews.services import reviews
from tests import factories as make

pytestmark = pytest.mark.django_db


def points(user: Any) -> int:
    account = Account.objects.filter(user=user, scheme="creativity").first()
    return account.balance if account else 0


@pytest.mark.parametrize(("day", "amount"), [(dt.date(2015, 12, 31), 100), (dt.date(2016, 1, 1), 200)])
def test_b10_finding_earns_two_points_one_before_2016(day: dt.date, amount: int) -> None:
    finder = make.UserFactory()
    case = make.CaseFactory(found_by=finder, found_on=day)
    (entry,) = Entry.objects.filter(rule="finding")
    assert (entry.account.user, entry.amount, entry.day, entry.title) == (finder, amount, day, case.title)
    assert (entry.source_type.model, entry.source_id) == ("case", case.pk)


def test_b10_cancelling_a_case_takes_the_points_back_and_restoring_gives_them_again() -> None:
    finder = make.UserFactory()
    case = make.CaseFactory(found_by=finder)
    cases.cancel(case, reason="중복 등록", actor=make.planner())
    assert points(finder) == 0
    assert Entry.objects.get(amount__lt=0).reason == "중복 등록"
    cases.restore(case, actor=make.planner())
    assert points(finder) == 200


def test_b10_m3_a_case_cancelled_while_somebody_edits_it_gives_no_points_again(client: Client) -> None:
    finder = make.UserFactory()
    case = make.CaseFactory(found_by=finder)
    client.force_login(make.planner())
    url = reverse("benchmarking:case_edit", args=[case.pk])
    form = client.get(url).context["form"]
    shown = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    typed = {**shown, "found_on": "2026-01-05", "summary": "고쳐 쓴 내용"}
    cases.cancel(case, reason="중복 등록", actor=make.planner())
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "등록이 취소된 사례입니다" in answer.content.decode()
    assert "고쳐 쓴 내용" in answer.content.decode()
    assert points(finder) == 0
    cases.restore(case, actor=make.planner())
    assert client.post(url, typed).status_code == 422  # not what the form was made from
    case.refresh_from_db()
    assert (case.version, points(finder)) == (int(shown["version"]) + 2, 200)


def test_b10_a_corrected_finder_gets_the_points_and_the_other_loses_them() -> None:
    first, second = make.UserFactory.create_batch(2)
    case = make.CaseFactory(found_by=first)
    cases.update(case, {"found_by": second}, actor=make.planner(), version=None)
    assert (points(first), points(second)) == (0, 200)
    case.refresh_from_db()
    cases.update(case, {"title": case.title + " 확대"}, actor=make.planner(), version=None)
    assert Entry.objects.filter(rule="finding").count() == 3


def test_b10_many_from_excel_earn_too() -> None:
    finder = make.UserFactory()
    keys = ["title", "source_kind", "source_name", "channel", "summary", "field", "cost_class", "found_by"]
    row = ["공유주차", "local", "○○시", "press", "나눕니다.", "welfare", "low", finder]
    cases.register_many([row] * 3, keys, actor=make.planner())
    assert points(finder) == 600


def answered(decision: Decision = Decision.ADOPT) -> Any:
    review = make.ReviewFactory()
    head = make.head(review)
    reviewer = make.UserFactory(department=review.department)
    reviews.assign(review, reviewer, actor=head)
    reviews.submit(review, make.answer(decision), actor=reviewer)
    assert points(reviewer) == 0, "not before it is confirmed"
    reviews.confirm(review, actor=head)
    review.refresh_from_db()
    return review, reviewer


def test_b10_reviewing_earns_two_points_when_the_answer_is_complete() -> None:
    review, reviewer = answered(Decision.KEEP)
    (entry,) = Entry.objects.filter(rule="reviewing")
    assert (entry.account.user, entry.amount, entry.day) == (reviewer, 200, review.completed_on)


def test_b10_an_answer_opened_again_earns_once_in_the_end() -> None:
    review, reviewer = answered(Decision.KEEP)
    reviews.reopen(review, reason="정정", actor=make.planner())
    assert points(reviewer) == 0
    reviews.submit(review, make.answer(Decision.LONG_TERM), actor=reviewer)
    reviews.confirm(review, actor=make.head(review))
    assert points(reviewer) == 200
    assert [e.amount for e in Entry.objects.filter(rule="reviewing").order_by("pk")] == [200, -200, 200]


def test_b10_reviewing_earned_nothing_before_2016() -> None:
    with pretend(dt.date(2015, 3, 2)):
        _review, reviewer = answered(Decision.KEEP)
    assert points(reviewer) == 0


def test_b10_implementation_earns_five_points_and_undoing_takes_them_back() -> None:
    review, reviewer = answered()
    before = points(reviewer)
    follow_up = review.follow_up
    day = review.completed_on
    follow_ups.report(
        follow_up,
        implemented_on=day,
        result="시행",
        actor=reviewer,
        files=[SimpleUploadedFile("결과.txt", b"done")],
    )
    follow_ups.confirm(follow_up, actor=make.planner())
    assert points(reviewer) - before == 500
    follow_ups.undo_confirm(follow_up, reason="자료 부족", actor=make.planner())
    assert points(reviewer) == before
    follow_ups.confirm(follow_up, actor=make.planner())
    assert points(reviewer) - before == 500


def test_b10_nothing_is_earned_by_work_rolled_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_values: Any) -> None:
        raise RuntimeError("the event itself fails")

    monkeypatch.setattr("benchmarking.services.earning.award", broken)
    with pytest.raises(RuntimeError):
        make.CaseFactory(found_by=make.UserFactory())
    assert not Case.objects.exists()
    assert not Entry.objects.exists()

"""How logs name reviews and follow-ups (D5)."""

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from benchmarking.enums import Decision
from benchmarking.models import FollowUp, Review
from benchmarking.services import follow_ups
from organization.enums import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def adopted(title: str) -> Review:
    department = make.head_of(make.DepartmentFactory()).department
    return make.answered(
        make.ReviewFactory(case=make.CaseFactory(title=title), department=department), Decision.ADOPT
    )


@pytest.mark.usefixtures("english_words")
def test_d5_a_review_and_a_follow_up_are_named_after_case_and_department() -> None:
    review = adopted("공유주차 앱")
    case, place = review.case, review.department_name
    with translation.override("en"):  # names are kept in logs, which are the office's
        assert str(review) == f"{case.code} 공유주차 앱 — {place} 1차 검토"
        assert str(FollowUp.objects.get()) == f"{case.code} 공유주차 앱 — {place} 업무반영"
    kept = LogEntry.objects.filter(content_type__model="review").values_list("object_repr", flat=True)
    assert set(kept) == {str(review)}


def test_d5_the_step_log_names_them_with_as_many_queries_for_one_as_for_ten() -> None:
    client = Client()
    client.force_login(make.UserFactory(roles=[Role.AUDITOR]))
    url, counts = reverse("transition_log"), []
    for more in (1, 9):
        for n in range(more):
            review = adopted(f"다른 사례 {n}번")
            follow_ups.drop(FollowUp.objects.get(review=review), reason="예산 없음", actor=make.planner())
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown = client.get(url).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert f"{review.department_name} 1차 검토" in shown
    assert f"{review.department_name} 업무반영" in shown


def test_d5_writing_a_name_down_costs_the_services_no_query() -> None:
    review = make.ReviewFactory()
    with CaptureQueriesContext(connection) as queries:
        make.answered(review, Decision.ADOPT)
    alone = [
        q["sql"] for q in queries
        if q["sql"].startswith("SELECT") and 'FROM "benchmarking_reviewround" WHERE' in q["sql"]
    ]  # fmt: skip
    assert alone == []

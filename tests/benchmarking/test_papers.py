"""What leaves the system on paper or in a letter: review reports, document numbers, the office's language."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from benchmarking.enums import Decision
from benchmarking.models import ReviewRound
from benchmarking.services import dispatch
from notifications.models import Mail, Notice
from organization.models import User
from reviews.services import reviews
from tests import factories as make

pytestmark = pytest.mark.django_db


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("fmt", ["html", "xlsx", "hwpx"])
def test_b11_the_review_report_carries_the_facts_in_every_format(fmt: str) -> None:
    review = make.answered(make.ReviewFactory(), Decision.ADOPT, plan_budget=3_000_000)
    client = logged_in(make.head(review))
    response = client.get(reverse("benchmarking:review_report", args=[review.pk]), {"format": fmt})
    content = b"".join(response) if response.streaming else response.content
    if fmt == "html":
        text = content.decode()
    elif fmt == "xlsx":
        cells = [c for row in load_workbook(io.BytesIO(content)).active.values for c in row if c is not None]
        assert 3_000_000 in cells, "money is a number"
        text = " ".join(map(str, cells))
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            text = package.read("Contents/section0.xml").decode()
    for fact in (
        review.case.title,
        review.department_name,
        "검토한 결과입니다.",
        "시범 구역을 정하여 운영합니다.",
    ):
        assert fact in text


def test_b4_b11_the_papers_of_a_case_print_confirmed_answers_only() -> None:
    first = make.ReviewFactory()
    second = make.ReviewFactory(case=first.case)
    make.answered(first, Decision.LONG_TERM, reason="내년에 다시 봅니다.")
    officer = make.UserFactory(department=second.department)
    reviews.assign(second, officer, actor=make.head(second))
    reviews.submit(
        second, make.answer(Decision.ADOPT, reason="아직 확인되지 않은 의견입니다."), actor=officer
    )
    planner, url = logged_in(make.planner()), reverse("benchmarking:case_report", args=[first.case_id])
    text = planner.get(url).content.decode()
    assert "내년에 다시 봅니다." in text
    assert "검토 중" in text
    for unconfirmed in ("아직 확인되지 않은 의견입니다.", "시범 구역을 정하여 운영합니다."):
        assert unconfirmed not in text
    reviews.confirm(second, actor=make.head(second))
    assert "아직 확인되지 않은 의견입니다." in planner.get(url).content.decode()


def test_b11_another_department_does_not_know_the_report() -> None:
    review = make.ReviewFactory()
    stranger = logged_in(make.UserFactory())
    assert stranger.get(reverse("benchmarking:review_report", args=[review.pk])).status_code == 404


def test_d1_a_document_number_is_referenced_and_its_form_checked() -> None:
    case, department = make.CaseFactory(), make.DepartmentFactory()
    planner = logged_in(make.planner())
    url = reverse("benchmarking:dispatch", args=[case.pk])
    wrong = planner.post(
        url, {"departments": department.name, "document": "1131호", "note": "함께 봐 주세요."}
    )
    assert wrong.status_code == 422
    assert "문서번호는 기획예산과-1131처럼 입력해 주세요." in wrong.content.decode()
    assert "함께 봐 주세요." in wrong.content.decode(), "nothing typed is lost"
    assert not ReviewRound.objects.exists()
    planner.post(url, {"departments": department.name, "document": "기획예산과-1131"})
    assert ReviewRound.objects.get().document == "기획예산과-1131"
    assert "기획예산과-1131" in planner.get(case.get_absolute_url()).content.decode()


def test_letters_are_in_the_language_of_the_office_whoever_acts() -> None:
    case, head = make.CaseFactory(), make.head_of(make.DepartmentFactory())
    with translation.override("en"):
        dispatch.dispatch([case], [head.department], actor=make.planner())
    notice = Notice.objects.get(recipient=head)
    assert notice.title.startswith("벤치마킹 검토 요청")
    assert "기한" in Mail.objects.get(recipient=head).email.message

"""Forms on the pages of benchmarking: wrong input comes back in Korean beside its field, with all that was typed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from benchmarking.models import Case, FollowUp, Review
from benchmarking.services import cases
from core import drafts
from core.models import ClockAdjustment, Draft
from organization.models import User
from reviews.services import clocks, reviews
from tests.factories import (
    CaseFactory,
    ReviewFactory,
    UserFactory,
    answer,
    answered,
    away,
    head,
    planner,
)
from tests.shared import lived_on
from visits.models import FieldVisit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
_today = lived_on(DAY)


@dataclass
class Place:
    """A form's address and who fills it in."""

    url: str
    user: User


def case_new() -> Place:
    return Place(reverse("benchmarking:case_new"), planner())


def case_edit() -> Place:
    return Place(reverse("benchmarking:case_edit", args=[CaseFactory().pk]), planner())


def of_case(name: str) -> Callable[[], Place]:
    return lambda: Place(reverse(f"benchmarking:{name}", args=[CaseFactory().pk]), planner())


def of_review(name: str, who: Callable[[Review], User], *, state: str = "waiting") -> Callable[[], Place]:
    def make() -> Place:
        review = ReviewFactory()
        if state == "completed":
            review = answered(review)
        elif state == "submitted":
            reviewer = UserFactory(department=review.department)
            review = reviews.assign(review, reviewer, actor=head(review))
            review = reviews.submit(review, answer(), actor=reviewer)
        return Place(reverse(f"benchmarking:{name}", args=[review.pk]), who(review))

    return make


def of_follow_up(name: str, *, planning: bool = False, reported: bool = False) -> Callable[[], Place]:
    def make() -> Place:
        review = answered(ReviewFactory(), "adopt")
        follow_up = FollowUp.objects.get(review=review)
        if reported:
            FollowUp.objects.filter(pk=follow_up.pk).update(state="reported")
        user = planner() if planning else head(review)
        return Place(reverse(f"benchmarking:{name}", args=[follow_up.pk]), user)

    return make


def clock_decide() -> Place:
    review = ReviewFactory()
    asked = clocks.ask_extension(review, until=dt.date(2026, 12, 11), reason="자료", actor=head(review))
    return Place(reverse("benchmarking:clock_decide", args=[asked.pk]), planner())


def visit_new() -> Place:
    return Place(reverse("visits:new"), planner())


def by_planner(_review: Review) -> User:
    return planner()


REASON = "사유를 입력해 주세요."
CASE = {
    "title": "공유주차 앱 도입",
    "source_kind": "local",
    "source_name": "○○시",
    "channel": "press",
    "found_on": "2026-11-20",
    "summary": "빈 주차면을 나눕니다.",
    "field": "construction",
    "cost_class": "low",
}
ADOPT = {
    "decision": "adopt",
    "reason": "쓴 의견",
    "plan_what": "쓴 계획",
    "plan_on": "2027-03-02",
    "plan_budget": "1,250,000",
}
VISIT = {"visited_on": "2026-11-20", "host": "방문한 기관", "purpose": "견학", "headcount": "4"}
REVIEW = of_review("review", head)
EXTEND = of_review("review_extend", head)
PAUSE = of_review("review_pause", head)
REPORT = of_follow_up("follow_up_report")
# place, what is sent, field with the mistake, words of the message
WRONG: list[tuple[str, Callable[[], Place], dict[str, str], str, str]] = [
    ("new, no title", case_new, {**CASE, "title": ""}, "title", "사례명을 입력해 주세요."),
    ("new, short title", case_new, {**CASE, "title": "짧다"}, "title", "4자 이상"),
    ("new, no kind", case_new, {**CASE, "source_kind": ""}, "source_kind", "선택해 주세요."),
    ("new, tomorrow", case_new, {**CASE, "found_on": "2026-11-21"}, "found_on", "오늘 또는 이전"),
    ("new, no date", case_new, {**CASE, "found_on": "20일"}, "found_on", "2026-11-20처럼"),
    ("new, link", case_new, {**CASE, "link": "javascript:alert(1)"}, "link", ""),
    ("new, cost", case_new, {**CASE, "estimated_cost": "많음"}, "estimated_cost", "숫자로"),
    ("edit, no summary", case_edit, {**CASE, "summary": ""}, "summary", "입력해 주세요."),
    ("cancel", of_case("case_cancel"), {"reason": " "}, "reason", REASON),
    ("dispatch", of_case("dispatch"), {"note": "쓴 말"}, "departments", "검토 부서를"),
    (
        "dispatch, unknown",
        of_case("dispatch"),
        {"departments": "없는과", "note": "쓴 말"},
        "departments",
        "없는 부서입니다: ‘없는과’",
    ),
    ("review, nothing", REVIEW, {"reason": "쓴 의견"}, "decision", "검토 결과를"),
    ("review, no reason", REVIEW, {**ADOPT, "reason": " "}, "reason", "검토 의견을 입력해 주세요."),
    ("review, no plan", REVIEW, {**ADOPT, "plan_what": ""}, "plan_what", "추진 내용을"),
    ("review, no day", REVIEW, {**ADOPT, "plan_on": ""}, "plan_on", "시행 예정일을"),
    ("review, no budget", REVIEW, {**ADOPT, "plan_budget": ""}, "plan_budget", "0을 입력해 주세요."),
    ("review, debt", REVIEW, {**ADOPT, "plan_budget": "-5"}, "plan_budget", "0 이상"),
    ("assign", of_review("review_assign", head), {"reviewer": "0"}, "reviewer", "목록에"),
    (
        "send back",
        of_review("review_send_back", head, state="submitted"),
        {"reason": ""},
        "reason",
        REASON,
    ),
    ("reopen", of_review("review_reopen", by_planner, state="completed"), {"reason": ""}, "reason", REASON),
    ("recall", of_review("review_recall", by_planner), {"reason": ""}, "reason", REASON),
    ("extend, Saturday", EXTEND, {"end": "2026-12-12", "reason": "쓴 사유"}, "end", "공휴일"),
    ("extend, too far", EXTEND, {"end": "2027-01-04", "reason": "쓴 사유"}, "end", "까지만 연장"),
    ("extend, no reason", EXTEND, {"end": "2026-12-11", "reason": ""}, "reason", REASON),
    ("pause, tomorrow", PAUSE, {"start": "2026-11-21", "reason": "쓴 사유"}, "start", "오늘보다 늦습니다"),
    (
        "pause, backwards",
        PAUSE,
        {"start": "2026-11-20", "end": "2026-11-19", "reason": "쓴 사유"},
        "end",
        "시작일보다 빠릅니다",
    ),
    ("decide, neither", clock_decide, {"note": "쓴 의견"}, "approve", "선택해 주세요."),
    ("decide, no word", clock_decide, {"approve": "no", "note": " "}, "note", "반려 사유를"),
    (
        "report, no file",
        REPORT,
        {"implemented_on": "2026-11-20", "result": "한 일"},
        "attachments",
        "자료를 첨부",
    ),
    (
        "report, tomorrow",
        REPORT,
        {"implemented_on": "2026-11-21", "result": "한 일"},
        "implemented_on",
        "오늘 또는 이전",
    ),
    (
        "move, past",
        of_follow_up("follow_up_move"),
        {"planned_on": "2026-11-19", "reason": "쓴 사유"},
        "planned_on",
        "오늘 또는 이후",
    ),
    ("drop", of_follow_up("follow_up_drop"), {"reason": ""}, "reason", REASON),
    (
        "evidence back",
        of_follow_up("follow_up_send_back", planning=True, reported=True),
        {"reason": ""},
        "reason",
        REASON,
    ),
    ("visit, nowhere", visit_new, VISIT, "department", "선택해 주세요."),
    ("visit, nobody", visit_new, {**VISIT, "headcount": "0"}, "headcount", "1 이상"),
    ("visit, no such case", visit_new, {**VISIT, "case_code": "2026-9999"}, "case_code", "사례가 없습니다"),
]


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, Review, FollowUp, FieldVisit, ClockAdjustment))


@pytest.mark.parametrize(("make", "sent", "field", "says"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_wrong_input_comes_back_with_its_message_and_everything_typed(
    client: Client, make: Callable[[], Place], sent: dict[str, str], field: str, says: str
) -> None:
    place = make()
    client.force_login(place.user)
    before = counts(), list(Case.objects.values_list("state")), list(Review.objects.values_list("state"))
    page = client.post(place.url, sent)
    assert page.status_code == 422
    (error, *_more) = page.context["form"].errors[field]
    assert says in error
    assert any("가" <= letter <= "힣" for letter in error)
    text = page.content.decode()
    assert escape(error) in text
    assert f'id="id_{field}_error"' in text  # beside the field, not only in the summary
    form = page.context["form"]
    for name, value in sent.items():
        assert form[name].value() in (value, [value])
        if value.strip() and name in (
            "reason",
            "note",
            "plan_what",
            "summary",
            "host",
            "result",
            "source_name",
        ):
            assert value in text
    after = counts(), list(Case.objects.values_list("state")), list(Review.objects.values_list("state"))
    assert before == after


def test_b1_a_refused_file_is_named_beside_its_field(client: Client) -> None:
    client.force_login(planner())
    page = client.post(
        reverse("benchmarking:case_new"), {**CASE, "attachments": SimpleUploadedFile("계획.pdf", b"<html>")}
    )
    assert page.status_code == 422
    assert "‘계획.pdf’의 내용이 확장자와 다릅니다" in page.context["form"].errors["attachments"][0]
    assert not Case.objects.exists()


def test_b1_a_case_is_entered_and_found_by_who_entered_it(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    page = client.post(reverse("benchmarking:case_new"), CASE)
    case = Case.objects.get()
    assert (page.status_code, page["Location"]) == (302, case.get_absolute_url())
    assert (case.found_by, case.title, case.state) == (user, CASE["title"], "reported")


# -------------------------------------------------------------------------------------- two at one form


def test_d5_the_second_editor_sees_what_the_first_changed_and_may_then_save(client: Client) -> None:
    case = CaseFactory()
    url = reverse("benchmarking:case_edit", args=[case.pk])
    client.force_login(planner())
    typed = {**CASE, "title": "내가 고친 제목", "version": "1"}
    cases.update(case, {"source_name": "먼저 고친 기관"}, actor=planner(), version=1)
    page = client.post(url, typed)
    text = page.content.decode()
    assert (page.status_code, "기관명: 먼저 고친 기관" in text) == (422, True)
    assert "내가 고친 제목" in text
    assert Case.objects.get().source_name == "먼저 고친 기관"
    again = {**typed, "version": page.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    assert Case.objects.get().title == "내가 고친 제목"


def test_d5_an_answer_typed_while_another_was_sent_is_not_lost(client: Client) -> None:
    review = ReviewFactory()
    version = review.version
    reviewer = UserFactory(department=review.department)
    review = reviews.assign(review, reviewer, actor=head(review))
    client.force_login(head(review))
    page = client.post(review.get_absolute_url(), {**ADOPT, "version": str(version)})
    assert page.status_code == 422
    assert "다른 사람이 먼저 고쳤습니다" in page.content.decode()
    assert "쓴 계획" in page.content.decode()
    assert Review.objects.get().decision == ""


# ------------------------------------------------------------------------------------------------ drafts


def test_b4_a_draft_outlives_the_session_and_is_ones_own(client: Client) -> None:
    review = ReviewFactory()
    key = reviews.draft_key(review)
    client.force_login(head(review))
    saved = client.post(
        reverse("draft", args=[drafts.signed(key)]), {**ADOPT, "csrfmiddlewaretoken": "secret"}
    )
    assert saved.status_code == 200
    assert "csrfmiddlewaretoken" not in Draft.objects.get().data
    client.logout()
    assert client.get(review.get_absolute_url()).status_code == 302
    client.force_login(head(review))
    page = client.get(review.get_absolute_url())
    form = page.context["form"]
    assert {name: form[name].value() for name in ADOPT} == ADOPT
    assert "쓴 의견" in page.content.decode()
    client.force_login(UserFactory(department=review.department, position="head"))
    assert client.get(review.get_absolute_url()).context["form"]["reason"].value() == ""


def test_b4_a_sent_answer_leaves_no_draft_and_a_refused_one_keeps_it(client: Client) -> None:
    review = ReviewFactory()
    client.force_login(head(review))
    client.post(reverse("draft", args=[drafts.signed(reviews.draft_key(review))]), ADOPT)
    assert client.post(review.get_absolute_url(), {**ADOPT, "plan_on": ""}).status_code == 422
    assert Draft.objects.count() == 1
    preview = client.post(review.get_absolute_url(), ADOPT)
    sent = client.post(review.get_absolute_url(), {**ADOPT, "preview": preview.context["preview"]})
    assert (preview.status_code, sent.status_code) == (200, 302)
    assert not Draft.objects.exists()
    assert Review.objects.get().plan_budget == 1_250_000


def test_b1_the_draft_of_a_new_case_comes_back(client: Client) -> None:
    client.force_login(planner())
    client.post(reverse("draft", args=[drafts.signed("benchmarking.case.new")]), {"title": "쓰다 만 사례"})
    page = client.get(reverse("benchmarking:case_new"))
    assert page.context["form"]["title"].value() == "쓰다 만 사례"


# -------------------------------------------------------------------------------------- what pages show


def test_o5_the_timeline_names_who_acted_and_for_whom(client: Client) -> None:
    review, substitute = ReviewFactory(), UserFactory()
    chief = head(review)
    away(chief, substitute, DAY, DAY)
    reviews.submit(review, answer(), actor=User.objects.get(pk=substitute.pk))
    client.force_login(planner())
    for url in (review.get_absolute_url(), review.case.get_absolute_url()):
        text = client.get(url).content.decode()
        assert "대결" in text
        assert str(substitute) in text
        assert str(chief) in text


def test_o9_the_page_shows_the_arithmetic_of_the_deadline(client: Client) -> None:
    review = ReviewFactory()
    client.force_login(head(review))
    assert "통보 11. 20.(금) + 14일 = 12. 4.(금)" in client.get(review.get_absolute_url()).content.decode()


def test_b3_many_chosen_cases_go_on_to_the_page_that_sends_them(client: Client) -> None:
    first, second = CaseFactory.create_batch(2)
    review = ReviewFactory()
    client.force_login(planner())
    chosen = client.post(reverse("benchmarking:bulk"), {"pk": [first.pk, second.pk, review.case_id]})
    page = client.get(chosen["Location"])
    assert page.context["subjects"] == [first, second, review.case]
    assert page.context["due"] == dt.date(2026, 12, 4)
    sent = client.post(chosen["Location"], {"departments": review.department_name, "note": ""}, follow=True)
    assert Review.objects.count() == 3
    assert "고른 부서에는 이미 보냈습니다." in sent.content.decode()

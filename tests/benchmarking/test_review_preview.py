"""B4: before an answer is sent, the page shows what will be sent and to whom; nothing is lost on the way."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benchmarking.models import Review
from core import attachments, drafts
from core.models import Attachment, Draft
from tests.factories import ReviewFactory, UserFactory, away, head, planner
from tests.shared import lived_on

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
TYPED = {
    "decision": "adopt",
    "reason": "첫 줄\r\n둘째 줄",
    "plan_what": "두 곳에서 먼저 해 봅니다.",
    "plan_on": "2027-03-02",
    "plan_budget": "3,000,000",
}
_today = lived_on(DAY)


def pdf(name: str = "계획.pdf", content: bytes = b"%PDF-1.4 plan") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def again(page: Any) -> dict[str, Any]:
    """What the browser sends from the preview."""
    data: dict[str, Any] = {"preview": page.context["preview"]}
    for name, value in page.context["typed"]:
        data.setdefault(name, []).append(value)
    return data


@pytest.fixture
def desk(client: Client) -> tuple[Client, Review]:
    """A reviewer and the review to answer."""
    review = ReviewFactory()
    review.reviewer = UserFactory(department=review.department)
    review.state = "assigned"
    review.save()
    client.force_login(review.reviewer)
    return client, review


def test_b4_the_preview_shows_all_that_will_be_sent_and_who_confirms(desk: tuple[Client, Review]) -> None:
    client, review = desk
    boss = head(review)
    page = client.post(review.get_absolute_url(), {**TYPED, "attachments": pdf()})
    text = page.content.decode()
    for part in (
        "도입",
        "첫 줄",
        "둘째 줄",
        "두 곳에서",
        "2027. 3. 2.(화)",
        "3,000,000원",
        "계획.pdf",
        boss.full_label,
    ):
        assert part in text
    assert (page.status_code, Review.objects.get().decision) == (200, "")
    assert text[text.index("<main") : text.index("</main")].count("krds-btn medium primary") == 1


def test_b4_the_substitute_of_an_absent_head_is_named(desk: tuple[Client, Review]) -> None:
    client, review = desk
    substitute = UserFactory(department=review.department)
    away(head(review), substitute, DAY, DAY)
    assert (
        f"확인할 사람: {substitute.full_label}"
        in client.post(review.get_absolute_url(), TYPED).content.decode()
    )


def test_b4_the_heads_own_answer_counts_at_once(client: Client) -> None:
    review = ReviewFactory()
    client.force_login(head(review))
    page = client.post(review.get_absolute_url(), TYPED)
    assert "제출하면 바로 확정되어" in page.content.decode()
    client.post(review.get_absolute_url(), again(page))
    assert Review.objects.get().state == "completed"


def test_b4_sending_sends_the_files_put_to_the_draft_and_leaves_none_behind(
    desk: tuple[Client, Review],
) -> None:
    client, review = desk
    page = client.post(review.get_absolute_url(), {**TYPED, "attachments": pdf()})
    held = Attachment.objects.get()
    answer = client.post(review.get_absolute_url(), again(page))
    assert (answer.status_code, answer["Location"]) == (302, review.get_absolute_url())
    review.refresh_from_db()
    assert (review.state, review.plan_budget, review.reason) == ("submitted", 3_000_000, "첫 줄\n둘째 줄")
    kept = Attachment.objects.get()
    assert (kept.name, kept.subject, kept.sha256) == ("계획.pdf", review, held.sha256)
    assert not Draft.objects.exists()


def test_b4_back_gives_all_that_was_typed_and_files_may_be_taken_out(desk: tuple[Client, Review]) -> None:
    client, review = desk
    page = client.post(review.get_absolute_url(), {**TYPED, "attachments": pdf()})
    page = client.post(review.get_absolute_url(), {**again(page), "back": "1"})
    form = page.context["form"]
    assert {name: form[name].value() for name in TYPED} == {**TYPED, "reason": "첫 줄\n둘째 줄"}
    assert "checked" in str(form["held"])
    assert "계획.pdf" in page.content.decode()
    page = client.post(review.get_absolute_url(), TYPED)  # taken out
    client.post(review.get_absolute_url(), again(page))
    assert (Review.objects.get().state, Attachment.objects.count()) == ("submitted", 0)


def test_b4_a_file_sent_twice_is_kept_once_and_is_ones_own(desk: tuple[Client, Review]) -> None:
    client, review = desk
    for _time in range(2):
        page = client.post(review.get_absolute_url(), {**TYPED, "attachments": pdf()})
    held = Attachment.objects.get()
    assert dict(page.context["typed"])["held"] == str(held.pk)
    file = client.get(reverse("attachment", args=[held.pk]))
    assert b"".join(file.streaming_content) == b"%PDF-1.4 plan"
    client.force_login(head(review))
    assert client.get(reverse("attachment", args=[held.pk])).status_code == 404
    refused = client.post(review.get_absolute_url(), {**TYPED, "held": str(held.pk)})
    assert refused.status_code == 422


def test_b4_a_file_that_will_not_do_is_refused_at_the_preview(desk: tuple[Client, Review]) -> None:
    client, review = desk
    page = client.post(review.get_absolute_url(), {**TYPED, "attachments": pdf(content=b"<html>")})
    assert page.status_code == 422
    assert "내용이 확장자와 다릅니다" in page.context["form"].errors["attachments"][0]
    assert not Attachment.objects.exists()


def test_b4_what_was_changed_after_the_preview_is_previewed_again(desk: tuple[Client, Review]) -> None:
    client, review = desk
    page = client.post(review.get_absolute_url(), TYPED)
    changed = client.post(review.get_absolute_url(), {**again(page), "reason": "다른 의견"})
    assert (changed.status_code, Review.objects.get().decision) == (200, "")


def test_b4_who_may_not_answer_gets_no_preview(desk: tuple[Client, Review]) -> None:
    client, review = desk
    client.force_login(planner())
    assert client.post(review.get_absolute_url(), TYPED).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_b4_a_discarded_draft_takes_its_files_along(client: Client) -> None:
    review = ReviewFactory()
    client.force_login(head(review))
    client.post(review.get_absolute_url(), {**TYPED, "attachments": pdf()})
    draft, held = Draft.objects.get(), Attachment.objects.get()
    storage, name = held.file.storage, held.file.name
    assert storage.exists(name)
    client.delete(reverse("draft", args=[drafts.signed(draft.key)]))
    assert (attachments.files_of(draft).count(), storage.exists(name)) == (0, False)


def test_b4_files_of_an_answer_that_cannot_be_need_not_be_chosen_again(desk: tuple[Client, Review]) -> None:
    client, review = desk
    bad = SimpleUploadedFile("나쁨.pdf", b"<html>")
    page = client.post(review.get_absolute_url(), {**TYPED, "reason": "", "attachments": [pdf(), bad]})
    assert page.status_code == 422
    (said,) = page.context["form"].errors["attachments"]
    assert "나쁨.pdf" in said
    held = Attachment.objects.get()
    assert f'value="{held.pk}"' in str(page.context["form"]["held"])
    page = client.post(review.get_absolute_url(), {**TYPED, "plan_what": "", "held": str(held.pk)})
    assert page.status_code == 422, "known only to the service"
    assert "checked" in str(page.context["form"]["held"])
    page = client.post(review.get_absolute_url(), {**TYPED, "held": str(held.pk)})
    client.post(review.get_absolute_url(), again(page))
    assert (Attachment.objects.get().subject, Draft.objects.count()) == (Review.objects.get(), 0)


def test_b4_all_that_adopting_asks_for_is_marked_and_missed_together(desk: tuple[Client, Review]) -> None:
    client, review = desk
    page = client.post(review.get_absolute_url(), {"decision": "adopt", "reason": ""})
    assert list(page.context["form"].errors) == ["reason", "plan_what", "plan_on", "plan_budget"]
    text = page.content.decode()
    for label in ("추진 내용", "시행 예정일", "소요 예산(원)"):
        assert f'{label}<span class="required"' in text
    other = client.post(review.get_absolute_url(), {"decision": "keep", "reason": ""})
    assert list(other.context["form"].errors) == ["reason"]

"""Whatever is typed: a clear word beside the field, nothing lost, and nothing that turns lines around (D7)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.personal import mask
from core import gate
from core.views.bearer import COOKIE
from proposals.enums import Channel
from proposals.enums import Notice as Consent
from proposals.models import Proposal, Writing
from proposals.services import handling
from tests import factories as make
from tests.proposals.asked import asked, head
from tests.proposals.made import CONTENT, browser_of, entered, mine, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
LONG, NULL, HUGE = "가" * 4_001, "밤에\x00 무섭습니다.", str(10**12)
TOO_LONG, UNFIT = "4000자 이내로 입력해 주세요. (지금 4001자)", "쓸 수 없는 글자가 있습니다"
PERSON = {"name": "김구민", "phone": "010-1234-5678", "consents": Consent.values}


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))


def refused(browser: Client, place: str, typed: dict[str, Any], said: dict[str, str]) -> None:
    """Each of these fields says so, and whatever was typed stands in the form again."""
    answer = browser.post(place, typed)
    assert answer.status_code == 422, (place, answer.get("Location"))
    errors = answer.context["form"].errors
    assert {name: "".join(texts) for name, texts in errors.items()}.keys() == said.keys(), errors
    for name, text in said.items():
        assert text in "".join(errors[name]), (name, errors[name])
    kept = answer.context["form"]
    for name, value in typed.items():
        assert kept[name].value() == value, name


def begun() -> tuple[Client, str]:
    browser = Client()
    return browser, browser.post(reverse("proposals:start"))["Location"]


def test_what_does_not_fit_is_said_beside_its_field_in_each_step_of_writing() -> None:
    browser, place = begun()
    first = {name: CONTENT[name] for name in ("title", "field", "problem")}
    refused(browser, place, {**first, "problem": LONG}, {"problem": TOO_LONG})
    refused(browser, place, {**first, "problem": NULL}, {"problem": UNFIT})
    refused(
        browser, place, {**first, "title": "가" * 101}, {"title": "100자 이내로 입력해 주세요. (지금 101자)"}
    )
    refused(browser, place, {**first, "title": "짧음"}, {"title": "4자 이상 입력해 주세요. (지금 2자)"})
    refused(browser, place, {**first, "field": "9"}, {"field": "목록에 있는 것을 선택해 주세요."})
    second = {"improvement": LONG, "effect": NULL}
    refused(browser, f"{place}2/", second, {"improvement": TOO_LONG, "effect": UNFIT})
    third = {**PERSON, "name": "김\x00", "phone": "0" * 21, "email": "a@"}
    said = {"name": UNFIT, "phone": "20자 이내", "email": "name@example.com처럼"}
    refused(browser, f"{place}4/", third, said)
    assert not Writing.objects.exclude(title="").exists()
    assert not Proposal.objects.exists()


def test_letters_of_all_kinds_come_in_as_they_were_typed() -> None:
    """Emoji of several signs, Hanja, syllables taken apart as macOS writes them, letters from right to left."""
    texts = [
        "👨‍👩‍👧‍👦 놀이터 🛝 그늘막",
        "公園 化粧室 비상벨",
        "공원 벤치를",
        "حديقة للأطفال 공원",
        '<b>굵은</b> & "제목"',
    ]
    for text in texts:
        browser, place = begun()
        browser.post(place, {"title": text, "field": "safety", "problem": text})
        browser.post(f"{place}2/", {"improvement": text})
        browser.post(f"{place}3/", {"difference": text})
        assert browser.post(f"{place}4/", PERSON).status_code == 302
        made = Proposal.objects.latest("pk")
        assert (made.title, made.problem) == (text, text)
        page = Client().get(made.public_url).content.decode()
        assert "<b>굵은" not in page
        assert Client().get(reverse("proposals:find"), {"q": text}).status_code == 200


def test_signs_that_turn_lines_around_are_left_out_of_titles_and_hide_no_number() -> None:
    turned = "공원\u202e 벤치\u202c\u2066 설치\u2069"
    browser, place = begun()
    browser.post(place, {"title": turned, "field": "safety", "problem": "낡음"})
    assert Writing.objects.get().title == "공원 벤치 설치"
    clerk = Client()
    clerk.force_login(make.planner())
    typed = {**CONTENT, "title": turned, "channel": Channel.POST, "name": "김구민", "phone": "010-0000-0000"}
    clerk.post(reverse("proposals:enter"), typed)
    assert Proposal.objects.get().title == "공원 벤치 설치"
    for sign in "\u200e\u200f\u202a\u202d\u202e\u2066\u2069\u061c\ufe0f":
        assert "9876" not in mask(f"010{sign}-9876-{sign}5432"), hex(ord(sign))


def test_a_supplement_keeps_what_was_typed() -> None:
    proposal, token = sent()
    handling.ask_supplement(proposal, reason="어느 공원인가요?", actor=make.planner())
    browser = browser_of(token)
    refused(browser, mine(proposal, "supplement"), {"answer": LONG}, {"answer": TOO_LONG})
    refused(browser, mine(proposal, "supplement"), {"answer": NULL}, {"answer": UNFIT})
    refused(browser, mine(proposal, "supplement"), {"answer": " "}, {"answer": "입력해 주세요"})


@pytest.mark.parametrize("number", ["2026-00001\x00", HUGE, "9" * 20, "2026-" + "9" * 15, "²-²", "٢٠٢٦-١"])
def test_odd_numbers_of_receipts_are_wrong_ones(number: str) -> None:
    answer = Client().post(reverse("proposals:lookup"), {"number": number, "code": "ABCDE-23456"})
    assert answer.status_code == 422
    assert answer.context["form"]["number"].value() == number
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize("value", [HUGE, "9" * 30, "-1", "1e9", "²", "20270"])
def test_numbers_of_the_office_that_are_too_large_are_said_beside_the_field(value: str) -> None:
    proposal, planner = entered(), Client()
    planner.force_login(make.planner())
    typed = {
        "present": "없음", "taken": "답니다", "carry_out_on": "2099-03-02", "department": "", "budget_year": value,
    }  # fmt: skip
    answer = planner.post(reverse("proposals:desk_adopt", args=[proposal.pk]), typed)
    assert answer.status_code == 422
    assert "budget_year" in answer.context["form"].errors
    assert answer.context["form"]["budget_year"].value() == value
    (review,) = asked(proposal=proposal)
    clerk = Client()
    clerk.force_login(head(review))
    answer = clerk.post(
        review.get_absolute_url(), {"outcome": "adopted", "cost": f"{value}000000000", **typed}
    )
    assert answer.status_code == 422
    assert {"cost", "budget_year"} <= set(answer.context["form"].errors)


def test_shares_of_staff_are_sums_of_a_hundred_whatever_is_typed() -> None:
    person, other = make.UserFactory(), make.UserFactory()
    browser = Client()
    browser.force_login(person)
    for share in (HUGE, "-5", "0", "100", "²", "1.555", "1,5", "9" * 40):
        typed = {**CONTENT, "colleagues": f"{other.employee_number} {share}"}
        answer = browser.post(reverse("proposals:propose"), typed)
        assert answer.status_code == 422, share
        assert set(answer.context["form"].errors) == {"colleagues"}
        assert answer.context["form"]["colleagues"].value() == typed["colleagues"]
    assert not Proposal.objects.exists()

"""Several propose together: shares that make a hundred percent, and who is main (P2)."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basis.errors import Rejected
from core import attachments, gate
from core.models import Attachment, Draft
from letters.models import Letter
from proposals.enums import Channel
from proposals.enums import Notice as Consent
from proposals.forms.people import JointForm
from proposals.models import Proposal, Proposer
from proposals.policies import JOINT_MOST
from proposals.services import handling, opinions, receiving
from proposals.services.receiving import Person
from tests import factories as make
from tests.drawn import picture
from tests.proposals.made import CITIZEN, CONTENT, browser_of, entered, fresh, mine, sent
from tests.proposals.test_citizens import PERSON, written

pytestmark = pytest.mark.django_db
EUN: dict[str, Any] = {"others": 1, "other1-name": "이은구", "other1-share": 30, "together-agreed": "on"}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))


def shares() -> list[tuple[str, int, bool]]:
    return list(Proposer.objects.values_list("name", "share", "is_main"))


def test_p2_a_citizen_proposes_with_another_and_keeps_the_rest_of_the_share() -> None:
    browser = Client()
    browser.post(written(browser), {**PERSON, **EUN, "other1-email": "eun@example.com"})
    assert shares() == [("김구민", 70, True), ("이은구", 30, False)]
    other = Proposer.objects.get(name="이은구")
    assert (other.phone, list(other.consents)) == ("", [receiving.TOLD_BY_SENDER])
    assert Letter.objects.filter(kind="proposals.received").count() == 2  # each who can be reached


def test_p2_the_largest_share_is_main_whoever_sends() -> None:
    browser = Client()
    browser.post(written(browser), {**PERSON, **EUN, "other1-share": 60})
    assert shares() == [("이은구", 60, True), ("김구민", 40, False)]


def test_p2_equal_ones_agree_who_is_main() -> None:
    browser = Client()
    last = written(browser)
    refused = browser.post(last, {**PERSON, **EUN, "other1-share": 50})
    assert refused.status_code == 422
    assert "사람이 둘 이상입니다" in refused.content.decode()
    browser.post(last, {**PERSON, **EUN, "other1-share": 50, "together-main": "1"})
    assert shares() == [("이은구", 50, True), ("김구민", 50, False)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"other1-name": ""}, "이름을 입력해 주세요"),
        ({"other1-share": ""}, "입력해 주세요"),
        ({"other1-share": "0"}, "1"),
        ({"other1-share": "33.333"}, "둘째 자리"),
        ({"other1-share": "100"}, "99"),
        ({"together-agreed": ""}, "동의를 받은 뒤"),
        ({"others": 2, "other2-name": "박", "other2-share": 70}, "1% 이상 남겨 주세요"),
    ],
)
def test_p2_what_is_wrong_stands_beside_its_field_and_nothing_is_sent(
    wrong: dict[str, Any], said: str
) -> None:
    browser = Client()
    answer = browser.post(written(browser), {**PERSON, **EUN, **wrong})
    assert answer.status_code == 422
    form = answer.context["form"]
    messages = [message for _place, message in form.errors_of_parts()]
    assert any(said in message for message in messages), messages
    page = answer.content.decode()
    assert all(f'href="#{place}"' in page and f'id="{place}"' in page for place, _m in form.errors_of_parts())
    assert not Proposal.objects.exists()


def test_p2_one_more_and_one_fewer_and_nothing_typed_is_lost() -> None:
    browser = Client()
    last = written(browser)
    typed = {**PERSON, "consents": Consent.values[:2], "others": 2, "together-main": "2", "young": "on"}
    typed |= {"other1-name": "이은구", "other1-share": "30", "other2-name": "박송파", "other2-phone": "02"}
    page = browser.post(last, {**typed, "add": "1"})
    form = page.context["form"]
    assert page.status_code == 200
    assert "error-summary" not in page.content.decode()
    assert [part["name"].value() for part in form.joined] == ["이은구", "박송파", None]
    assert (form["name"].value(), form["consents"].value(), form["young"].value()) == (
        "김구민", Consent.values[:2], "on",
    )  # fmt: skip
    form = browser.post(last, {**typed, "remove": "1"}).context["form"]
    assert [(part["name"].value(), part["phone"].value()) for part in form.joined] == [("박송파", "02")]
    assert form.together["main"].value() == "1"
    assert not Proposal.objects.exists()
    assert not Draft.objects.filter(data__icontains="박송파").exists()


def test_p2_no_more_than_the_policy_says() -> None:
    browser = Client()
    last, most = written(browser), JOINT_MOST.current()
    page = browser.post(last, {**PERSON, "others": most, "add": "1"})
    assert len(page.context["form"].joined) == most
    assert 'name="add"' not in page.content.decode()
    assert len(browser.post(last, {**PERSON, "others": "9999999"}).context["form"].joined) == most
    people: list[Person] = [{**CITIZEN, "share": 100 - most - 1, "is_main": True}]
    people += [{"name": "이", "share": 1, "is_main": False}] * (most + 1)
    with pytest.raises(Rejected):
        receiving.enter(CONTENT, people, channel=Channel.POST, actor=make.planner())


@pytest.mark.parametrize("odd", ["", "x", "-1", "²", "1e3", "9" * 40])
def test_p2_odd_numbers_of_people_are_none(odd: str) -> None:
    browser = Client()
    last = written(browser)
    assert browser.post(last, {"others": odd, "remove": odd}).status_code == 200
    assert browser.post(last, {"others": odd}).status_code == 422


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(-500, 12_000), max_size=5), st.integers(-1, 6))
def test_p2_shares_always_make_a_hundred_or_are_refused(hundredths: list[int], main: int) -> None:
    given_shares = [Decimal(share) / 100 for share in hundredths]
    data: dict[str, Any] = {"name": "김", "phone": "02", "others": len(given_shares), "together-main": main}
    for number, share in enumerate(given_shares, start=1):
        data |= {f"other{number}-name": "이", f"other{number}-share": share}
    form = JointForm(data)
    rest = 100 - sum(given_shares)
    whole = [rest, *given_shares]
    possible = min(whole) >= 1 and (whole.count(max(whole)) == 1 or whole[main : main + 1] == [max(whole)])
    if given_shares and main not in range(len(whole)):
        possible = False  # no such person
    assert form.is_valid() == possible or (not given_shares and form.is_valid())
    if form.is_valid():
        people = form.people()
        receiving._check_people(people, "citizen", by="paper")
        assert sum(one.get("share", 0) for one in people) == 100
        assert [one["share"] for one in people if one["is_main"]] == [max(whole)]


def test_p2_the_service_refuses_who_was_not_asked() -> None:
    with pytest.raises(Rejected, match="동의"):
        receiving._check_people(
            [{**CITIZEN, "share": 60}, {"name": "이", "share": 40, "is_main": False}], "citizen", by=None
        )


def test_p2_planning_enters_several_and_sees_who_they_are(client: Client) -> None:
    planner = make.planner()
    client.force_login(planner)
    file = SimpleUploadedFile("편지.png", picture())
    typed = {**CONTENT, "channel": "post", "name": "김구민", "phone": "02-000-0000", "others": 0}
    page = client.post(reverse("proposals:enter"), {**typed, "add": "1", "attachments": [file]})
    form = page.context["form"]
    assert len(form.joined) == 1
    assert "편지.png" in page.content.decode()
    data = {**typed, "others": 1, "other1-name": "이은구", "other1-share": "30", "held": form["held"].value()}
    client.post(reverse("proposals:enter"), data)
    made = Proposal.objects.get()
    assert shares() == [("김구민", 70, True), ("이은구", 30, False)]
    assert [one.name for one in attachments.files_of(made)] == ["편지.png"]
    shown = reverse("proposals:desk_contact_shown", args=[made.pk])
    contact = client.get(shown, {"reason": "문의에 답함"}).content.decode()
    assert "김구민 (주 제안자)" in contact
    assert "30%" in contact


def test_d3_a_refused_entry_keeps_text_and_files_and_nothing_of_who_sent_it(client: Client) -> None:
    client.force_login(make.planner())
    file = SimpleUploadedFile("편지.png", picture())
    typed = {**CONTENT, "title": "", "channel": "fax", "name": "김구민", "phone": "02-123-4567", **EUN}
    assert client.post(reverse("proposals:enter"), {**typed, "attachments": [file]}).status_code == 422
    kept = str(list(Draft.objects.values_list("data", flat=True)))
    assert "비상벨" in kept
    assert not any(word in kept for word in ("김구민", "123-4567", "이은구"))
    page = client.get(reverse("proposals:enter")).content.decode()
    assert "편지.png" in page
    assert "data-draft-url" not in page  # the browser would send it all


def test_p2_files_of_a_refused_step_are_kept() -> None:
    browser = Client()
    place = browser.post(reverse("proposals:start"))["Location"]
    file = SimpleUploadedFile("공원.png", picture())
    refused = browser.post(f"{place}2/", {"improvement": "", "attachments": [file]})
    assert refused.status_code == 422
    assert "공원.png" in refused.content.decode()
    held = refused.context["form"]["held"].value()
    browser.post(f"{place}2/", {"improvement": "벨", "held": held})
    assert "공원.png" in browser.get(f"{place}2/").content.decode()
    assert Attachment.objects.count() == 1
    assert not Draft.objects.exists()


def test_p5_files_of_a_refused_supplement_are_kept() -> None:
    proposal, token = sent()
    handling.ask_supplement(proposal, reason="자리를 알려 주세요.", actor=make.planner())
    browser, page = browser_of(token), mine(proposal, "supplement")
    file = SimpleUploadedFile("자리.png", picture())
    refused = browser.post(page, {"answer": "", "attachments": [file]})
    assert refused.status_code == 422
    held = refused.context["form"]["held"].value()
    assert browser.post(page, {"answer": "북문입니다.", "held": held}).status_code == 302
    assert [one.name for one in attachments.files_of(proposal)] == ["자리.png"]


@pytest.mark.parametrize("step", ["supplement", "take_opinion"])
def test_p5_the_office_s_forms_keep_files_as_well(client: Client, step: str) -> None:
    planner = make.planner()
    proposal = entered(planner)
    proposer = make.UserFactory()
    if step == "supplement":
        proposal = receiving.propose(CONTENT, [{"user": proposer}], actor=proposer)
        handling.ask_supplement(proposal, reason="자리를 알려 주세요.", actor=planner)
    else:
        opinions.ask(proposal, "시", reason="어떻게 보십니까?", actor=planner)
    client.force_login(proposer if step == "supplement" else planner)
    page = reverse(f"proposals:desk_{step}", args=[proposal.pk])
    file = SimpleUploadedFile("자리.png", picture())
    seen = fresh(proposal)
    refused = client.post(page, {"answer": "", "attachments": [file], "version": seen.version})
    assert refused.status_code == 422
    assert "자리.png" in refused.content.decode()
    held = refused.context["form"]["held"].value()
    client.post(page, {"answer": "북문", "held": held, "version": seen.version})
    assert [one.name for one in attachments.files_of(seen)] == ["자리.png"]


def test_p2_staff_keep_files_of_a_refused_proposal(client: Client) -> None:
    client.force_login(make.UserFactory())
    file = SimpleUploadedFile("그림.png", picture())
    refused = client.post(reverse("proposals:propose"), {**CONTENT, "title": "", "attachments": [file]})
    held = refused.context["form"]["held"].value()
    client.post(reverse("proposals:propose"), {**CONTENT, "held": held})
    assert [one.name for one in attachments.files_of(Proposal.objects.get())] == ["그림.png"]

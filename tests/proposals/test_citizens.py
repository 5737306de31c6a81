"""A citizen writes, sends and follows without an account; what nobody else may read stays theirs (P2, P3, P11)."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import attachments, duties, gate, passes
from core.actors import Bearer
from core.models import Attachment, Draft, Pass, TransitionLog
from core.now import pretend
from proposals.enums import Notice as Consent
from proposals.enums import State
from proposals.models import Proposal, Proposer, Writing
from proposals.services import handling, receiving
from tests import factories as make
from tests.drawn import picture
from tests.proposals.made import CONTENT, browser_of, entered, mine, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 2)  # a Monday
PERSON = {"name": "김구민", "phone": "010-1234-5678", "consents": Consent.values}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The gate has tests of its own (core); here nobody waits the seconds that a person needs to read."""
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))
    with pretend(DAY):
        yield


def written(browser: Client, **content: str) -> str:
    """The first three steps; the address of the last."""
    place = browser.post(reverse("proposals:start"))["Location"]
    values = {**CONTENT, **content}
    browser.post(place, {name: values[name] for name in ("title", "field", "problem")})
    browser.post(f"{place}2/", {"improvement": values["improvement"]})
    browser.post(f"{place}3/", {"difference": values.get("difference", "")})
    return f"{place}4/"


def test_p3_a_citizen_proposes_without_an_account_and_follows_by_a_private_link() -> None:
    browser = Client()
    last = written(browser)
    assert not Proposal.objects.exists()
    answer = browser.post(last, PERSON)
    proposal = Proposal.objects.get()
    assert answer["Location"] == f"{mine(proposal)}?receipt=1"
    page = browser.get(answer["Location"]).content.decode()
    link = re.search(r"http://testserver(/p/[^\"<]+)", page)
    assert proposal.code in page
    assert link
    assert browser_of(link[1].rpartition("/p/")[2].strip("/")).get(mine(proposal)).status_code == 200
    assert "/p/" not in browser.get(mine(proposal)).content.decode()  # told once
    assert (proposal.kind, proposal.channel, proposal.state) == ("citizen", "web", State.RECEIVED)
    assert not Writing.objects.exists()
    assert not Draft.objects.exists()


def test_p3_nothing_is_kept_of_who_writes_until_it_is_sent() -> None:
    browser = Client()
    last = written(browser)
    browser.post(last, {"name": "김구민", "phone": "010-1234-5678"})  # without the notices
    assert not Proposer.objects.exists()
    assert "010-1234" not in str(list(Draft.objects.values())) + str(list(Writing.objects.values()))


def test_p3_all_four_notices_are_agreed_to_and_one_way_to_answer_is_given() -> None:
    browser = Client()
    last = written(browser)
    refused = browser.post(last, {**PERSON, "consents": Consent.values[:3]})
    assert refused.status_code == 422
    assert "네 가지" in refused.content.decode()
    refused = browser.post(last, {**PERSON, "phone": ""})
    assert refused.status_code == 422
    assert "하나를 입력해 주세요" in refused.content.decode()
    assert not Proposal.objects.exists()


def test_p3_a_child_writes_with_the_guardian() -> None:
    browser = Client()
    last = written(browser)
    assert browser.post(last, {**PERSON, "young": "on"}).status_code == 422
    browser.post(last, {**PERSON, "young": "on", "guardian_name": "김보호", "guardian_phone": "02-000-0000"})
    assert Proposer.objects.get().guardian_name == "김보호"


def test_p3_sent_twice_it_is_one_proposal() -> None:
    browser = Client()
    last = written(browser)
    once = re.search(r'name="once" value="([^"]+)"', browser.get(last).content.decode())
    assert once
    first = browser.post(last, {**PERSON, "once": once[1]})
    assert first.status_code == 302
    browser.post(last, {**PERSON, "once": once[1]})
    assert Proposal.objects.count() == 1


def test_p2_pictures_follow_from_the_writing_to_the_proposal() -> None:
    browser = Client()
    place = browser.post(reverse("proposals:start"))["Location"]
    browser.post(place, {name: CONTENT[name] for name in ("title", "field", "problem")})
    file = SimpleUploadedFile("공원.png", picture())
    browser.post(f"{place}2/", {"improvement": "벨", "attachments": [file]})
    assert "공원.png" in browser.get(f"{place}2/").content.decode()
    browser.post(f"{place}3/", {})
    browser.post(f"{place}4/", PERSON)
    assert [one.name for one in attachments.files_of(Proposal.objects.get())] == ["공원.png"]


def test_p2_what_is_like_an_earlier_one_says_what_is_different() -> None:
    entered()
    browser = Client()
    last = written(browser)
    third = last.replace("/4/", "/3/")
    shown = browser.get(third).content.decode()
    assert "비슷한 제안이 있습니다" in shown
    assert "2026-00001" in shown
    assert browser.post(third, {"difference": ""}).status_code == 422
    browser.post(third, {"difference": "이번에는 산책로입니다."})
    browser.post(last, PERSON)
    made = Proposal.objects.latest("pk")
    assert made.difference
    assert made.similar == [[Proposal.objects.earliest("pk").pk, "received", "differs"]]


def test_looking_begins_and_changes_nothing() -> None:
    proposal, token = sent()
    browser = browser_of(token)
    before = (Writing.objects.count(), Pass.objects.count(), TransitionLog.objects.count(), proposal.version)
    for name in ("home", "guide", "find", "start", "alike"):
        assert browser.get(reverse(f"proposals:{name}"), {"title": "공원", "q": "공원"}).status_code == 200
    for step in ("", "withdraw"):
        assert browser.get(mine(proposal, step)).status_code == 200
    proposal.refresh_from_db()
    after = (Writing.objects.count(), Pass.objects.count(), TransitionLog.objects.count(), proposal.version)
    assert after == before
    assert proposal.state == State.RECEIVED


def test_p3_a_replaced_or_foreign_link_opens_nothing() -> None:
    proposal, token = sent()
    other, _token = sent(title="다른 제안입니다", difference="다름")
    browser = browser_of(token)
    assert browser.get(mine(other)).status_code == 404
    passes.replace(
        passes.passes_for(proposal).get(),
        until=passes.passes_for(proposal).get().expires_at,
        actor=make.planner(),
    )
    assert browser.get(mine(proposal)).status_code == 404
    assert browser_of(token).get(mine(proposal)).status_code == 404
    assert Client().get(mine(proposal)).status_code == 404


def test_p5_the_proposer_supplements_and_takes_back() -> None:
    proposal, token = sent()
    handling.ask_supplement(proposal, reason="어느 공원인가요?", actor=make.planner(), version=1)
    browser = browser_of(token)
    assert "어느 공원인가요?" in browser.get(mine(proposal)).content.decode()
    browser.post(mine(proposal, "supplement"), {"answer": "햇빛공원입니다."})
    proposal.refresh_from_db()
    assert proposal.state == State.RECEIVED
    assert "햇빛공원입니다." in browser.get(mine(proposal)).content.decode()
    browser.post(mine(proposal, "withdraw"))
    proposal.refresh_from_db()
    assert proposal.state == State.WITHDRAWN
    log = TransitionLog.objects.filter(object_id=proposal.pk, name="withdraw").get()
    assert log.actor is None
    assert log.actor_pass is not None


def test_p11_all_of_a_public_one_is_read_and_of_a_hidden_one_title_and_result() -> None:
    shown, hidden = entered(), entered(title="몰래 낸 제안입니다", hidden=True, difference="다름")
    anybody = Client()
    page = anybody.get(reverse("proposals:public", args=[shown.year, shown.number])).content.decode()
    assert CONTENT["problem"] in page
    assert "김구민" not in page
    assert "010-" not in page
    page = anybody.get(reverse("proposals:public", args=[hidden.year, hidden.number])).content.decode()
    assert "몰래 낸 제안입니다" in page
    assert CONTENT["problem"] not in page
    found = anybody.get(reverse("proposals:find"), {"q": "무섭습니다"}).content.decode()
    assert shown.title in found
    assert hidden.title not in found
    assert hidden.title in anybody.get(reverse("proposals:find"), {"q": "몰래"}).content.decode()


def test_p3_what_is_not_sent_goes_after_its_days() -> None:
    browser = Client()
    last = written(browser)
    browser.post(last, {"name": "김구민"})
    with pretend(DAY + dt.timedelta(days=7)):
        duties.run_due()
        assert Writing.objects.exists()
    with pretend(DAY + dt.timedelta(days=8)):
        duties.run_due()
    assert not Writing.objects.exists()
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()
    assert not Pass.objects.exists()
    assert browser.get(last).status_code == 404


def test_the_writer_of_one_text_is_nobody_for_another() -> None:
    (mine_, token), (_other, _token) = receiving.begin(), receiving.begin()
    writer = passes.bearer_of(token)
    assert isinstance(writer, Bearer)
    assert writer.owns(mine_)
    assert not writer.owns(_other)
    browser = Client()
    browser.get(passes.path_of(token))
    assert browser.get(reverse("proposals:writing", args=[_other.pk])).status_code == 404


def test_p3_without_the_link_number_and_code_open_it_and_wrong_ones_slow_down() -> None:
    browser = Client()
    place = browser.post(written(browser), PERSON)["Location"]
    proposal = Proposal.objects.get()
    found = re.search(r"<strong>([A-Z2-9]{5}-[A-Z2-9]{5})</strong>", browser.get(place).content.decode())
    assert found
    assert found[1].replace("-", "") not in str(Proposal.objects.values())
    other, lookup = Client(), reverse("proposals:lookup")
    assert other.get(mine(proposal)).status_code == 404
    answer = other.post(lookup, {"number": proposal.code, "code": found[1].lower()})
    assert answer["Location"] == mine(proposal)
    assert other.get(mine(proposal)).status_code == 200
    wrong = {"number": proposal.code, "code": "AAAAA-AAAAA"}
    answers = [Client().post(lookup, wrong).status_code for _try in range(9)]
    assert answers == [422] * 5 + [429] * 4
    assert Client().post(lookup, {"number": proposal.code, "code": found[1]}).status_code == 429
    assert other.get(mine(proposal)).status_code == 200  # the link keeps working


def test_what_comes_like_from_a_robot_waits_until_planning_has_looked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.DOUBTFUL, ("trap",)))
    browser = Client()
    place = browser.post(written(browser), PERSON)["Location"]
    proposal = Proposal.objects.get()
    public = reverse("proposals:public", args=[proposal.year, proposal.number])
    assert proposal.state == State.HELD
    assert browser.get(place).status_code == 200
    assert Client().get(public).status_code == 404
    assert proposal.title not in Client().get(reverse("proposals:find")).content.decode()
    handling.let_in(proposal, actor=make.planner(), version=1)
    assert Client().get(public).status_code == 200


def test_p17_numbers_like_a_persons_are_pointed_out_and_covered() -> None:
    browser = Client()
    last = written(browser, problem="제 번호는 010-9876-5432입니다. 밤에 무섭습니다.")
    assert "개인정보처럼 보이는 것" in browser.get(last).content.decode()
    place = browser.post(last, PERSON)["Location"]
    proposal = Proposal.objects.get()
    public = reverse("proposals:public", args=[proposal.year, proposal.number])
    assert "9876" not in Client().get(public).content.decode()
    assert "9876" in browser.get(place).content.decode()


def test_p11_nothing_of_a_hidden_one_is_found_by_what_is_hidden() -> None:
    hidden = entered(title="몰래 낸 제안입니다", hidden=True, field="culture")
    find, anybody = reverse("proposals:find"), Client()
    for conditions in ({"field": "culture"}, {"state": "received"}):
        assert hidden.title not in anybody.get(find, conditions).content.decode()
    listed = anybody.get(find).content.decode()
    assert hidden.title in listed
    assert hidden.code not in listed
    assert "비공개" in listed
    page = anybody.get(reverse("proposals:public", args=[hidden.year, hidden.number])).content.decode()
    assert hidden.get_field_display() not in page


def test_p17_titles_are_covered_wherever_everybody_reads_them() -> None:
    made = entered(title="010-9876-5432로 연락 주세요")
    pages = [reverse("proposals:find"), reverse("proposals:public", args=[made.year, made.number])]
    pages += [reverse("proposals:alike") + "?title=010-9876-5432로 연락 주세요"]
    for page in pages:
        text = Client().get(page).content.decode().partition("<main")[2]
        assert "연락 주세요" in text, page
        assert "9876" not in text.replace("title=010-9876", ""), page


def test_what_was_typed_and_sent_leaves_no_draft_behind() -> None:
    browser = Client()
    last = written(browser)
    first = last.replace("/4/", "/")
    saved = re.search(r'data-draft-url="([^"]+)"', browser.get(first).content.decode())
    assert saved
    browser.post(saved[1], {"title": "다시 고친 제목"})
    assert Draft.objects.exists()
    browser.post(last, PERSON)
    assert Proposal.objects.exists()
    assert not Draft.objects.exists()

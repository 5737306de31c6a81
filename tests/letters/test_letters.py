"""What the office writes to people without an account, to a real mail server (P3, P6, R3, D3)."""

import datetime as dt
import re
from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from core import passes
from core.models import Draft, OpenWork, TransitionLog
from letters.channels import Channel, Undelivered
from letters.enums import State, Way
from letters.models import Letter, Wording
from letters.services import sending, writing
from letters.sockets import KINDS
from letters.texts import Recipient, Text, default_of, example_of, filled, unknown_places
from notifications import outbox
from notifications.models import Mail
from notifications.services import silent
from organization.enums import Role
from organization.models import User
from proposals.models import Proposal
from proposals.services import handling, receiving
from proposals.services.telling import tell
from tests import factories as make
from tests.proposals.made import AGREED, CONTENT, browser_of, mine
from tests.services import SmtpListener
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
LINK = re.compile(r"http://\S+(/p/[\w-]+/)")
EMAIL = "gumin@example.com"
NOTICE: handling.Notice = {"present": "지금은 없습니다.", "reason": "예산이 없습니다."}


@pytest.fixture
def server(smtp: SmtpListener, settings: Any) -> SmtpListener:
    """The office has a mail server."""
    host, port = smtp.url.removeprefix("smtp://").split(":")
    settings.MAIL_DELIVERY, settings.EMAIL_HOST, settings.EMAIL_PORT = True, host, int(port)
    return smtp


def proposed(email: str = EMAIL, **ways: str) -> Proposal:
    """By a citizen without an account, who has given these ways to answer."""
    writing_, token = receiving.begin()
    writer = passes.bearer_of(token)
    receiving.note_down(writing_, CONTENT, actor=writer)
    person: receiving.Person = {"name": "김구민", "email": email, "consents": AGREED, **ways}  # type: ignore[typeddict-item]  # of many kinds, on purpose
    made, _token = receiving.send(writing_, [person], actor=writer)
    return made


def again(letter: Letter) -> Letter:
    return Letter.objects.select_related("mail").get(pk=letter.pk)


def the_letter(proposal: Proposal, kind: str = "received") -> Letter:
    return Letter.objects.about(proposal).get(kind=f"proposals.{kind}")


def text_of(message: Any) -> str:
    part = message.get_body(preferencelist=("plain",))
    found: str = part.get_content()
    return found


def rejected(planner: User | None = None) -> tuple[Proposal, Letter]:
    proposal = proposed()
    handling.decide(proposal, "rejected", NOTICE, actor=planner or make.planner())
    return proposal, the_letter(proposal, "rejected")


# ------------------------------------------------------------------------------------------------ delivered


def test_p3_the_receipt_comes_by_mail_with_a_link_that_opens_the_proposal(server: SmtpListener) -> None:
    proposal = proposed()
    assert outbox.send_all() == 1
    (message,) = server.messages
    text = text_of(message)
    assert message["To"] == EMAIL
    assert proposal.code in message["Subject"]
    assert "김구민 님" in text
    assert f"{proposal.clock.due.month}. {proposal.clock.due.day}." in text  # until when it is answered
    found = LINK.search(text)
    assert found
    token = found[1].split("/")[2]
    assert browser_of(token).get(mine(proposal)).status_code == 200
    assert found[1] in message.get_body(preferencelist=("html",)).get_content()
    assert again(the_letter(proposal)).state == State.SENT


def test_p3_a_token_stands_in_no_table_neither_before_nor_after(server: SmtpListener) -> None:
    proposed()
    outbox.send_all()
    found = LINK.search(text_of(server.messages[0]))
    assert found
    assert found[1].split("/")[2] not in whole_database()


def test_d3_address_and_text_of_a_letter_stand_in_its_own_row_alone(server: SmtpListener) -> None:
    proposal = proposed()
    server.later = {EMAIL}
    outbox.send_all()
    server.later = set()
    Mail.objects.update(next_try_at=timezone.now() - dt.timedelta(minutes=1))
    outbox.send_all()
    proposal.proposers.update(email="", name="")
    where = {table for table in tables() if EMAIL in rows_of(table) or "김구민" in rows_of(table)}
    assert where == {Letter._meta.db_table}


def tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models() if model._meta.managed]


def rows_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return repr(cursor.fetchall())


def whole_database() -> str:
    return "".join(map(rows_of, tables()))


@pytest.mark.parametrize(
    ("ways", "way", "to"),
    [
        ({"email": EMAIL, "phone": "010-1234-5678"}, Way.MAIL, EMAIL),
        ({"phone": "010-1234-5678", "address": "한빛로 1"}, Way.TEXT, "010-1234-5678"),
        ({"phone": "+82 10 1234 5678", "address": "한빛로 1"}, Way.TEXT, "+82 10 1234 5678"),
        ({"phone": "02-123-4567", "address": "한빛로 1"}, Way.POST, "한빛로 1"),
        ({"phone": "02-123-4567"}, Way.TEXT, "02-123-4567"),
        ({"address": "한빛로 1"}, Way.POST, "한빛로 1"),
    ],
)
def test_p6_a_letter_takes_the_quickest_way_there_is(ways: dict[str, str], way: Way, to: str) -> None:
    assert Recipient("김구민", **ways).way() == (way, to)


def test_r3_nothing_is_written_of_work_that_is_only_entered() -> None:
    with silent():
        proposed()
    assert (Letter.objects.count(), Mail.objects.count()) == (0, 0)


# ------------------------------------------------------------------------------------------------- failures


def test_r3_an_unreachable_server_is_said_in_words_and_tried_again(
    server: SmtpListener, settings: Any
) -> None:
    proposal, port = proposed(), settings.EMAIL_PORT
    settings.EMAIL_PORT = 1  # nobody is there
    assert outbox.send_all() == 0
    letter = the_letter(proposal)
    assert (letter.state, letter.attempts, letter.error) == (
        State.FAILED,
        1,
        "메일 서버에 연결하지 못했습니다.",
    )
    assert OpenWork.objects.filter(object_id=letter.pk, ask="failed").exists()
    settings.EMAIL_PORT = port
    assert outbox.send_all() == 0  # its time has not come
    sending.retry(letter, actor=make.planner())
    assert (again(letter).state, again(letter).error) == (State.READY, "")
    assert outbox.send_all() == 1
    assert (again(letter).state, again(letter).attempts) == (State.SENT, 1)


def test_r3_the_schedule_tries_again_by_itself(server: SmtpListener) -> None:
    proposal = proposed()
    server.later = {EMAIL}
    outbox.send_all()
    assert "거절" in the_letter(proposal).error
    server.later = set()
    Mail.objects.update(next_try_at=timezone.now() - dt.timedelta(minutes=1))
    assert outbox.send_all() == 1
    letter = the_letter(proposal)
    assert (letter.state, letter.error) == (State.SENT, "")
    assert letter.sent_at is not None


def test_r3_what_failed_for_good_is_noted_as_told_otherwise_and_does_not_go_any_more(
    server: SmtpListener,
) -> None:
    proposal = proposed()
    server.refuse = {EMAIL}
    outbox.send_all()
    letter = the_letter(proposal)
    sending.mark(letter, actor=make.planner())
    assert (again(letter).state, again(letter).mail) == (State.SENT, None)
    assert not Mail.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r3_released_twice_at_once_a_letter_goes_once(server: SmtpListener) -> None:
    planner = make.planner()
    _proposal, letter = rejected(planner)
    outbox.send_all()  # the receipt

    def release() -> bool:
        try:
            sending.release(letter, actor=planner)
        except Rejected:
            return False
        return True

    assert sorted(at_once(*[release] * 4)) == [False, False, False, True]
    at_once(*[outbox.send_all] * 4)
    assert len(server.messages) == 2


def test_r3_a_letter_that_is_just_going_is_neither_changed_nor_held_back(server: SmtpListener) -> None:
    proposal, planner = proposed(), make.planner()
    Mail.objects.update(state=Mail.State.SENDING, lease_until=timezone.now() + dt.timedelta(minutes=1))
    letter = the_letter(proposal)
    for step in (
        lambda: sending.cancel(letter, reason="시험", actor=planner),
        lambda: writing.edit(letter, Text("제목", "내용"), "김", EMAIL, actor=planner),
    ):
        with pytest.raises(Rejected, match="보내고 있습니다"):
            step()


# ------------------------------------------------------------------------------------------------- planning


def test_p6_a_decision_is_told_only_once_planning_has_looked_at_it(server: SmtpListener) -> None:
    planner = make.planner()
    proposal, letter = rejected(planner)
    outbox.send_all()
    assert len(server.messages) == 1  # the receipt alone
    assert (letter.state, letter.due) == (State.DRAFT, proposal.clock.due)
    order = [
        letter.body.index(word) for word in ("■ 결정\n불채택", "지금은 없습니다.", "예산이 없습니다.", "15일")
    ]
    assert order == sorted(order)
    text = Text("검토 결과", letter.body.replace("예산이 없습니다.", "올해는 예산이 없습니다."))
    writing.edit(letter, text, letter.name, letter.to, actor=planner)
    sending.release(letter, actor=planner)
    assert outbox.send_all() == 1
    message = server.messages[-1]
    assert "올해는 예산이 없습니다." in text_of(message)
    assert LINK.search(text_of(message))
    steps = TransitionLog.objects.filter(object_id=letter.pk, content_type__model="letter").order_by("pk")
    assert list(steps.values_list("name", flat=True)) == ["write", "edit", "release", "deliver"]


def test_p6_what_is_posted_is_printed_and_then_marked() -> None:
    planner = make.planner()
    proposal = proposed("", address="한빛로 1")
    letter = the_letter(proposal)
    assert (letter.way, letter.state, letter.mail) == (Way.POST, State.READY, None)
    assert OpenWork.objects.filter(object_id=letter.pk, ask="post").exists()
    browser = Client()
    browser.force_login(planner)
    page = browser.get(reverse("letters:paper", args=[letter.pk])).content.decode()
    assert "한빛로 1" in page
    assert "접수번호와 확인번호" in page  # no link lies about on paper
    assert "{link}" not in page
    assert "/p/" not in page.replace("/proposals/", "")
    file = browser.get(reverse("letters:paper", args=[letter.pk]), {"format": "hwpx"})
    assert file["Content-Type"] == "application/vnd.hancom.hwpx"
    sending.mark(letter, actor=planner)
    assert (again(letter).state, again(letter).sent_by) == (State.SENT, planner)
    assert not OpenWork.objects.filter(object_id=letter.pk, content_type__model="letter").exists()


def test_p6_several_are_sent_printed_and_marked_at_once() -> None:
    planner = make.planner()
    posted = [the_letter(proposed("", address=f"한빛로 {n}")) for n in (1, 2)]
    _proposal, draft = rejected(planner)
    browser = Client()
    browser.force_login(planner)
    keys = [letter.pk for letter in (*posted, draft)]
    answer = browser.post(reverse("letters:bulk"), {"pk": keys, "action": "paper"})
    page = browser.get(answer["Location"]).content.decode()
    assert all(f"한빛로 {n}" in page for n in (1, 2))
    page = browser.post(reverse("letters:bulk"), {"pk": keys, "action": "mark"}, follow=True).content.decode()
    assert "2건을 처리" in page
    assert "1건은 그대로" in page
    assert [again(letter).state for letter in (*posted, draft)] == [State.SENT, State.SENT, State.DRAFT]
    browser.post(reverse("letters:bulk"), {"pk": keys, "action": "release"})
    assert again(draft).state == State.READY


def test_p6_a_letter_that_is_not_sent_needs_a_reason_and_does_not_go(server: SmtpListener) -> None:
    planner = make.planner()
    _proposal, letter = rejected(planner)
    with pytest.raises(Rejected, match="사유"):
        sending.cancel(letter, reason=" ", actor=planner)
    sending.cancel(letter, reason="전화로 알렸습니다.", actor=planner)
    outbox.send_all()
    assert len(server.messages) == 1
    with pytest.raises(Rejected):
        sending.release(letter, actor=planner)


def test_o3_only_planning_sends() -> None:
    _proposal, letter = rejected()
    for act in (sending.release, sending.mark):
        with pytest.raises(Refused):
            act(letter, actor=make.UserFactory())
    with pytest.raises(Refused):
        writing.edit(letter, Text("제목", "내용"), "김", EMAIL, actor=make.UserFactory())
    assert not Letter.objects.visible_to(make.UserFactory()).exists()


# ------------------------------------------------------------------------------------------------- wordings


def test_p6_planning_words_a_kind_and_goes_back_to_its_own(server: SmtpListener) -> None:
    planner, browser = make.planner(), Client()
    browser.force_login(planner)
    page = reverse("letters:wording", args=["proposals.received"])
    words = {"title": "접수 안내 {code}", "body": "{name} 님, 고맙습니다.\n{link}"}
    preview = browser.post(page, words).content.decode()
    assert "김구민 님, 고맙습니다." in preview
    assert not Wording.objects.exists()
    shown = re.search(r'name="preview"\s+value="(\w+)"', preview)
    assert shown
    browser.post(page, {**words, "preview": shown[1]})
    proposal = proposed()
    outbox.send_all()
    assert server.messages[0]["Subject"].endswith(f"접수 안내 {proposal.code}")
    browser.post(reverse("letters:wording_reset", args=["proposals.received"]))
    assert "고맙습니다" not in the_letter(proposed()).body


def test_p6_a_place_that_nothing_fills_is_refused() -> None:
    with pytest.raises(Rejected, match=r"\{nmae\}"):
        writing.reword("proposals.received", Text("접수", "{nmae} 님"), actor=make.planner())
    with pytest.raises(Refused):
        writing.reword("proposals.received", Text("접수", "{name} 님"), actor=make.UserFactory())


def test_p6_every_kind_fills_all_that_its_words_ask_for() -> None:
    for kind in KINDS:
        words = default_of(kind)
        assert not unknown_places(kind, words), kind.key
        assert "{" not in example_of(kind, words).body, kind.key


@given(st.text(alphabet="{}namelik 가\n", max_size=60))
def test_p3_what_people_have_typed_is_no_template(typed: str) -> None:
    assert filled("{a}", {"a": typed, "name": "비밀"}).count("비밀") == typed.count("비밀")


# ------------------------------------------------------------------------------------------------ text messages


class Messenger(Channel):
    """A text message service that fails until told otherwise."""

    sent: ClassVar[list[tuple[str, str]]] = []
    works: ClassVar[bool] = False

    def deliver(self, letter: Letter, text: Text) -> None:
        if not self.works:
            raise Undelivered("문자 서비스가 응답하지 않습니다.", "timeout")
        self.sent.append((letter.to, text.body))


def test_p6_without_a_service_text_messages_wait_and_hold_no_link() -> None:
    letter = the_letter(proposed("", phone="010-1234-5678"))
    assert (letter.way, letter.state, letter.mail) == (Way.TEXT, State.READY, None)
    browser = Client()
    browser.force_login(make.planner())
    page = browser.get(letter.get_absolute_url()).content.decode()
    assert "문자 발송 서비스에 연결되어 있지 않아" in page
    assert "접수번호와 확인번호" in page


def test_p6_an_office_names_its_own_service_for_text_messages(server: SmtpListener) -> None:
    with patch("letters.channels.import_string", lambda name: Messenger), patch.object(Messenger, "sent", []):
        letter = the_letter(proposed("", phone="010-1234-5678"))
        assert outbox.send_all() == 0
        assert again(letter).error == "문자 서비스가 응답하지 않습니다."
        sending.retry(letter, actor=make.planner())
        with patch.object(Messenger, "works", True):
            assert outbox.send_all() == 1
        ((to, body),) = Messenger.sent
    assert to == "010-1234-5678"
    assert LINK.search(body)
    assert again(letter).state == State.SENT


def test_d3_the_outbox_shows_neither_text_nor_address_of_a_letter(server: SmtpListener) -> None:
    proposed()
    administrator = make.UserFactory(roles=[Role.ADMINISTRATOR])
    browser = Client()
    browser.force_login(administrator)
    pages = (reverse("notifications:outbox"), reverse("notifications:mail", args=[Mail.objects.get().pk]))
    for page in pages:
        text = browser.get(page).content.decode()
        assert EMAIL not in text
        assert "김구민" not in text
    assert "보낼 안내" in text


# ----------------------------------------------------------------------------------------- being forgotten


def test_d3_of_a_forgotten_subject_nobody_can_tell_who_was_written_to(server: SmtpListener) -> None:
    proposal, letter = rejected()
    outbox.send_all()
    planner = make.planner()
    Draft.objects.create(user=planner, key=f"letters.letter.{letter.pk}.edit", data={"to": [EMAIL]})
    proposal.proposers.update(email="", name="", phone="")
    assert writing.forget(proposal) == 2
    assert writing.forget(proposal) == 0
    assert again(letter).state == State.CANCELLED
    outbox.send_all()
    assert len(server.messages) == 1
    everything = whole_database()
    assert EMAIL not in everything
    assert "김구민" not in everything


def test_d3_who_is_anonymised_is_not_written_to_any_more() -> None:
    proposal = proposed()
    proposal.proposers.update(anonymised_on=dt.date(2026, 11, 20))
    assert tell(proposal, "taken_back", reason="까닭") == 0


# ------------------------------------------------------------------------------------------- each occasion


def test_p5_each_thing_the_office_does_is_told() -> None:
    planner = make.planner()
    first, proposal = proposed(), proposed()
    handling.ask_supplement(proposal, reason="어느 공원인가요?", actor=planner)
    handling.transfer(proposal, "서울특별시", reason="시 업무", actor=planner)
    handling.take_back(proposal, reason="잘못 보냈습니다.", actor=planner)
    handling.link(proposal, first, reason="같은 내용", actor=planner)
    handling.take_back(proposal, reason="다른 내용", actor=planner)
    handling.convert(proposal, "suggestion", reason="건의입니다.", actor=planner)
    handling.finish_petition(proposal, reason="고쳤습니다.", actor=planner)
    kinds = Letter.objects.about(proposal).order_by("pk").values_list("kind", flat=True)
    assert [kind.removeprefix("proposals.") for kind in kinds] == [
        "received", "supplement", "transferred", "taken_back", "linked", "taken_back", "converted", "answered",
    ]  # fmt: skip
    bodies = {letter.kind: letter.body for letter in Letter.objects.about(proposal)}
    assert "어느 공원인가요?" in bodies["proposals.supplement"]
    assert "서울특별시에서" in bodies["proposals.transferred"]
    assert first.code in bodies["proposals.linked"]
    assert "건의민원" in bodies["proposals.converted"]
    left = set(re.findall(r"\{\w+\}", "".join(bodies.values())))
    assert left == {"{link}"}  # filled in only as it goes


def test_p5_a_decision_taken_back_before_it_was_told_is_told_to_nobody() -> None:
    planner, proposal = make.planner(), proposed()
    dismissed: handling.Notice = {"ground": "complaint", "reason": "불편 신고입니다."}
    handling.decide(proposal, "no_proposal", dismissed, actor=planner)
    letter = the_letter(proposal, "no_proposal")
    handling.take_back(proposal, reason="잘못 골랐습니다.", actor=planner)
    assert again(letter).state == State.CANCELLED
    assert not Letter.objects.filter(kind="proposals.taken_back").exists()
    handling.decide(proposal, "no_proposal", dismissed, actor=planner)
    sending.release(Letter.objects.get(state=State.DRAFT), actor=planner)
    handling.take_back(proposal, reason="잘못 골랐습니다.", actor=planner)
    assert Letter.objects.filter(kind="proposals.taken_back").count() == 1


def test_p1_staff_who_propose_get_no_letters() -> None:
    staff = make.UserFactory()
    proposal = receiving.propose(CONTENT, [{"user": staff}], actor=staff)
    handling.decide(proposal, "rejected", NOTICE, actor=make.planner())
    assert not Letter.objects.exists()


@pytest.mark.parametrize("state", [State.SENT, State.CANCELLED])
def test_p6_what_has_gone_is_not_changed(state: str) -> None:
    proposal = proposed()
    letter = the_letter(proposal)
    Letter.objects.update(state=state)
    with pytest.raises(Rejected, match="고칠 수 없습니다"):
        writing.edit(letter, Text("제목", "내용"), "김", EMAIL, actor=make.planner())

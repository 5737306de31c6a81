"""Reports of public texts: hidden at once, decided on in time, covered where needed (P11, P17)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core import duties, gate
from core.now import pretend
from letters.models import Letter
from notifications.selectors import todos_of
from proposals.enums import Complaint as Ground
from proposals.enums import ComplaintState
from proposals.models import Complaint, Proposal, Voice
from proposals.policies import COMPLAINT_ABUSE
from proposals.selectors import proposals as selectors
from proposals.services import complaints, receiving
from tests import factories as make
from tests.asked import second_planner
from tests.earned import change
from tests.proposals.made import CONTENT, browser_of, entered, mine, sent
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 2)
HOME = "203.0.113.7"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))
    with pretend(DAY):
        yield


def reported(proposal: Proposal, at: str = HOME) -> Complaint:
    return complaints.complain(proposal, Ground.PERSONAL, "이웃의 이름이 있습니다.", address=at)


def read(address: str, **query: str) -> str:
    return Client().get(address, query).content.decode().partition("<main")[2]


FIND = "/proposals/find/"


def test_p11_a_reported_text_is_hidden_at_once_and_leaves_its_place() -> None:
    proposal = entered(title="옆집 홍길동 씨 이야기")
    form = reverse("proposals:complain", args=[proposal.year, proposal.number])
    assert form in read(proposal.public_url)
    browser = Client()
    answer = browser.post(form, {"ground": "personal", "text": "이웃의 이름이 있습니다."})
    assert answer["Location"] == proposal.public_url
    page = read(proposal.public_url)
    assert "신고로 가려진 제안" in page
    assert proposal.code in page
    for secret in ("홍길동", CONTENT["problem"]):
        assert secret not in page
        assert secret not in read(FIND)
    assert "신고로 가려진 제안" in read(FIND)
    for word in ("홍길동", "비상벨", "무섭습니다"):
        assert proposal.public_url not in read(FIND, q=word)
    assert proposal.public_url not in read(FIND, field=proposal.field)
    assert not selectors.alike("옆집 홍길동 씨 이야기")
    assert Client().get(form).status_code == 404
    proposal.refresh_from_db()
    assert not Proposal.objects.visible_to(make.UserFactory(department=make.DepartmentFactory())).exists()


def test_p11_reports_of_one_text_are_decided_on_together() -> None:
    proposal = entered()
    first, second = reported(proposal), reported(proposal, "198.51.100.1")
    assert first == second
    assert Voice.objects.count() == 2
    planner = make.planner()
    assert [todo.verb for todo in todos_of(planner) if todo.url == first.get_absolute_url()] == [
        "신고 처리하기"
    ]
    assert first.clock.due == dt.date(2026, 12, 2)


def test_p11_planning_shows_it_again_with_a_reason_that_the_proposer_reads() -> None:
    proposal, token = sent()
    complaint = reported(proposal)
    browser = browser_of(token)
    assert "가려져 있습니다" in browser.get(mine(proposal)).content.decode()
    with pytest.raises(Rejected):
        complaints.show(complaint, reason=" ", actor=make.planner())
    complaints.show(complaint, reason="개인정보가 아닙니다.", actor=make.planner(), version=1)
    assert CONTENT["problem"] in read(proposal.public_url)
    assert proposal.public_url in read(FIND, q="무섭습니다")
    assert "개인정보가 아닙니다." in browser.get(mine(proposal)).content.decode()
    assert complaint.clock.__class__.objects.get(pk=complaint.clock_id).closed_on == DAY


def test_p11_who_made_it_is_written_that_it_is_hidden_and_what_became_of_it() -> None:
    complaint = reported(entered())
    complaints.hide(complaint, reason="전화번호가 있습니다.", actor=make.planner())
    letters = Letter.objects.about(complaint.proposal)
    first, second = (letters.get(kind=f"proposals.{kind}") for kind in ("taken_down", "complaint_decided"))
    assert "우선 가렸습니다" in first.body
    assert "계속 가림" in second.body
    assert "전화번호가 있습니다." in second.body


def test_p11_what_stays_hidden_can_be_shown_later() -> None:
    proposal = entered()
    complaint = reported(proposal)
    complaints.hide(complaint, reason="명예를 해칩니다.", actor=make.planner())
    assert "신고로 가려진 제안" in read(proposal.public_url)
    complaints.show(complaint, reason="제안자가 해명하였습니다.", actor=make.planner())
    assert CONTENT["problem"] in read(proposal.public_url)


def test_p17_single_words_are_covered_everywhere_and_found_by_nobody() -> None:
    proposal = entered(title="홍길동 씨 댁 앞 가로등", problem="홍길동 씨 댁 앞이 어둡습니다.")
    complaint = reported(proposal)
    with pytest.raises(Rejected) as refused:
        complaints.cover(complaint, ["없는 말"], reason="이름", actor=make.planner())
    assert refused.value.field == "words"
    complaints.cover(complaint, ["홍길동"], reason="이름을 가립니다.", actor=make.planner())
    for address in (proposal.public_url, FIND, reverse("proposals:alike") + "?title=홍길동 씨 댁 앞 가로등"):
        page = read(address)
        assert "*** 씨 댁 앞" in page, address
        assert "홍길동 씨 댁 앞 가로등" not in page.replace("title=홍길동", ""), address
    assert proposal.public_url not in read(FIND, q="홍길동")
    assert proposal.public_url in read(FIND, q="어둡습니다")


def test_p17_a_number_that_is_covered_is_found_by_nobody() -> None:
    proposal = entered(problem="제 번호는 010-9876-5432입니다. 밤에 무섭습니다.")
    for word in ("010-9876-5432", "9876", "5432"):
        assert proposal.public_url not in read(FIND, q=word)
    assert proposal.public_url in read(FIND, q="무섭습니다")


def test_p11_a_network_that_reports_very_much_hides_nothing_more() -> None:
    change(COMPLAINT_ABUSE, 2, DAY)
    made = [entered(title=f"{name} 고치기", difference="다름") for name in ("벤치", "가로수", "보도블록")]
    found = [reported(one) for one in made]
    assert [one.hid for one in found] == [True, True, False]
    assert CONTENT["problem"] in read(made[2].public_url)
    assert reported(made[2], "198.51.100.1").hid  # somebody else says so, too
    assert CONTENT["problem"] not in read(made[2].public_url)


def test_p11_what_was_found_fit_to_be_read_is_not_hidden_by_the_next_report() -> None:
    proposal = entered()
    complaints.show(reported(proposal), reason="괜찮습니다.", actor=make.planner())
    again = reported(proposal)
    assert (again.hid, again.state) == (False, ComplaintState.OPEN)
    assert CONTENT["problem"] in read(proposal.public_url)


def test_p11_a_report_like_from_a_robot_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.DOUBTFUL, ("trap",)))
    proposal = entered()
    form = reverse("proposals:complain", args=[proposal.year, proposal.number])
    Client().post(form, {"ground": "advertising", "text": "광고입니다."})
    assert Complaint.objects.get().hid is False
    assert CONTENT["problem"] in read(proposal.public_url)


def test_d9_who_proposed_it_decides_on_no_report_of_it() -> None:
    planner = make.planner()
    complaint = reported(receiving.propose(CONTENT, [{"user": planner}], actor=planner))
    with pytest.raises(Refused):
        complaints.show(complaint, reason="괜찮습니다.", actor=planner)
    complaints.show(complaint, reason="괜찮습니다.", actor=second_planner())


def test_p11_planning_decides_on_its_pages(client: Client) -> None:
    proposal = entered()
    complaint = reported(proposal)
    client.force_login(make.planner())
    page = client.get(complaint.get_absolute_url()).content.decode()
    assert "이웃의 이름이 있습니다." in page
    assert proposal.title in client.get(reverse("proposals:desk_complaints")).content.decode()
    client.post(
        f"{complaint.get_absolute_url()}cover/", {"words": "공원", "reason": "장소를 가립니다.", "version": 1}
    )
    proposal.refresh_from_db()
    assert proposal.covered == ["공원"]
    client.force_login(make.UserFactory(department=make.DepartmentFactory()))
    assert client.get(complaint.get_absolute_url()).status_code == 403


def test_p11_marks_of_who_reports_go_with_their_day() -> None:
    reported(entered())
    assert Voice.objects.exclude(network="").exists()
    with pretend(DAY + dt.timedelta(days=2)):
        duties.run_due()
    assert not Voice.objects.exclude(network="").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_p11_at_once_reports_of_one_text_are_joined() -> None:
    proposal = entered()
    at_once(*[lambda n=n: reported(proposal, f"10.{n}.0.1") for n in range(4)])
    assert Complaint.objects.count() == 1
    assert Voice.objects.count() == 4

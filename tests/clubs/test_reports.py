"""A club owes a paper each month, each half-year and one result; what is missing is seen and asked for (C2)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from clubs.documents_reports import report_paper
from clubs.models import Club, Report
from clubs.selectors.drafting import drafted
from clubs.selectors.meeting import of_report
from clubs.selectors.papers import reported
from clubs.services import clubs, reports
from clubs.workflow_reports import REPORT
from core import attachments
from core.asks import Rung
from core.models import OpenWork
from core.now import pretend
from meetings.models import Session
from meetings.services import sessions
from meetings.services.decisions import Given
from notifications.models import Notice
from notifications.selectors import todos_of
from tests import factories as make
from tests.clubs import made, papers
from tests.drawn import picture

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def club() -> Club:
    with pretend(made.BEGUN):
        return made.club()


def periods(club: Club, kind: str) -> list[str]:
    return list(club.reports.filter(kind=kind).order_by("period").values_list("period", flat=True))


def test_c2_papers_stand_from_the_first_day_of_their_period(club: Club) -> None:
    papers.due(dt.date(2026, 2, 28))
    assert periods(club, "month") == ["2026-M02"]
    assert periods(club, "half") == ["2026-H1"]
    papers.due(dt.date(2026, 3, 1))
    assert papers.due(dt.date(2026, 3, 31)) == 0  # once, however often the duty runs
    assert periods(club, "month") == ["2026-M02", "2026-M03"]
    assert periods(club, "result") == []
    papers.due(dt.date(2026, 7, 1))
    assert periods(club, "result") == ["2026"]
    papers.due(dt.date(2026, 12, 31))
    assert periods(club, "month") == [f"2026-M{month:02}" for month in range(2, 12)]
    assert periods(club, "half") == ["2026-H1", "2026-H2"]


def test_c2_due_in_the_month_after_on_a_day_of_work(club: Club) -> None:
    papers.due(dt.date(2026, 12, 31))
    found = {(one.kind, one.period): one.due_on for one in club.reports.all()}
    assert found["month", "2026-M02"] == dt.date(2026, 3, 5)
    assert found["month", "2026-M03"] == dt.date(2026, 4, 6)  # the fifth is a Sunday
    assert found["half", "2026-H1"] == dt.date(2026, 7, 10)
    assert found["result", "2026"] == dt.date(2026, 11, 2)  # 31 October is a Saturday


def test_c2_only_for_months_the_club_lived_in() -> None:
    with pretend(dt.date(2026, 5, 20)):
        late = made.club(begun_on=dt.date(2026, 5, 20))
    late.ended_on = dt.date(2026, 8, 3)
    assert [one.period for one in reports.owed(late, dt.date(2026, 12, 31)) if one.kind == "month"] == [
        "2026-M05",
        "2026-M06",
        "2026-M07",
        "2026-M08",
    ]


def test_c2_nothing_is_asked_that_was_due_before_the_club_was_taken_in() -> None:
    with pretend(dt.date(2026, 6, 10)):
        club = made.club(begun_on=made.BEGUN)
        papers.due(dt.date(2026, 6, 10))
        papers.due(dt.date(2026, 6, 30))
    assert periods(club, "month") == ["2026-M06"]


def test_c2_the_form_starts_from_the_meetings(club: Club) -> None:
    papers.met(club, dt.date(2026, 3, 12), came=4, minutes="설문 문항을 정하였다.", place="3층 회의실")
    papers.met(club, dt.date(2026, 2, 12), minutes="지난달의 일")
    text = drafted(papers.report(club))["done"]
    assert "2026. 3. 12.(목) 16:00~18:00 정기모임 (3층 회의실)" in text
    assert "참석 4명 / 회원 7명" in text
    assert "설문 문항을 정하였다." in text
    assert "- 안건: 과제 토론" in text
    assert "지난달의 일" not in text


def test_c2_decisions_and_pictures_are_in_the_draft(club: Club) -> None:
    with pretend(dt.date(2026, 3, 12)):
        session = made.meeting(club, dt.date(2026, 3, 12))
        doer, secretary = made.leader(club), made.secretary(club)
        given = [Given("설문지를 만든다", person=doer, until=dt.date(2026, 4, 3))]
        said = {"ends_at": None, "minutes": "논의", "decided": given}
        came = {seat.pk for seat in session.panel.seats.all()}
        sessions.hold(session, present=came, **said, actor=secretary)
        drawn = ContentFile(picture(), name="토론.png")
        attachments.attach(Session.objects.get(pk=session.pk), [drawn], actor=secretary)
    found = drafted(papers.report(club))
    assert f"설문지를 만든다 ({doer.name}, 2026. 4. 3.(금)까지)" in found["done"]
    assert "사진·자료: 토론.png" in found["done"]
    assert "설문지를 만든다" in found["next"]


def test_c2_half_year_and_result_start_from_the_months_sent(club: Club) -> None:
    with pretend(dt.date(2026, 10, 1)):
        for month, text in (("03", "삼월의 일"), ("04", "사월의 일"), ("08", "팔월의 일")):
            papers.sent(papers.report(club, period=f"2026-M{month}"), done=text)
        papers.written(papers.report(club, period="2026-M05"), done="내지 않은 일")
        half = drafted(papers.report(club, "half", "2026-H1"))["done"]
        year = drafted(papers.report(club, "result", "2026"))["done"]
    assert "□ 2026년 3월\n삼월의 일\n\n□ 2026년 4월\n사월의 일" in half
    assert "팔월" not in half
    assert "내지 않은" not in half
    assert "팔월의 일" in year


def test_c2_a_draft_longer_than_the_field_is_cut(club: Club) -> None:
    papers.met(club, dt.date(2026, 3, 12), minutes="가" * 19_000)
    text = drafted(papers.report(club))["done"]
    assert len(text) == 10_000
    assert text.endswith("…")


def test_c2_written_and_sent_by_whoever_leads_in_the_club(club: Club) -> None:
    one = papers.report(club)
    for stranger in (make.UserFactory(), make.planner()):
        with pytest.raises(Refused):
            reports.write(one, papers.TEXT, actor=stranger)
    member = club.panel and club.panel.seats.filter(chair="member").first()
    assert member
    with pytest.raises(Refused):
        reports.write(one, papers.TEXT, actor=member.user)
    reports.write(one, {"title": "삼월"}, actor=made.leader(club))
    with pytest.raises(Rejected, match="활동 내용"):
        reports.send(one, actor=made.president(club))
    reports.write(one, papers.TEXT, actor=made.president(club))
    done = reports.send(one, actor=made.secretary(club))
    assert (done.state, done.sent_on) == ("sent", DAY)
    with pytest.raises(Rejected, match="거둔 뒤"):
        reports.write(one, papers.TEXT, actor=made.secretary(club))


def test_c2_a_result_says_what_was_found(club: Club) -> None:
    with pretend(dt.date(2026, 10, 5)):
        one = papers.written(papers.report(club, "result", "2026"), findings="")
        with pytest.raises(Rejected, match="연구 결과"):
            reports.send(one, actor=made.secretary(club))


def test_c2_taken_back_while_nobody_has_acted_on_it(club: Club) -> None:
    one = papers.sent(papers.report(club))
    back = reports.take_back(one, actor=made.leader(club))
    assert (back.state, back.sent_on) == ("due", None)
    papers.sent(back)
    with pretend(dt.date(2026, 7, 3)):
        half = papers.sent(papers.report(club, "half", "2026-H1"))
        with pytest.raises(Rejected, match="상반기"):
            reports.take_back(one, actor=made.secretary(club))
        reports.take_back(half, actor=made.secretary(club))
        assert reports.take_back(one, actor=made.secretary(club)).state == "due"


def test_c2_planning_gives_back_and_waives_with_a_reason(club: Club) -> None:
    planner = make.planner()
    one = papers.sent(papers.report(club))
    with pytest.raises(Rejected, match="사유"):
        reports.give_back(one, reason=" ", actor=planner)
    back = reports.give_back(one, reason="참석자를 적어 주세요.", actor=planner)
    assert back.state == "due"
    told = Notice.objects.filter(kind="clubs.report_returned").values_list("recipient", flat=True)
    assert made.president(club).pk in set(told)
    waived = reports.waive(back, reason="활동하지 않음", actor=planner)
    assert waived.state == "waived"
    assert not OpenWork.objects.about(Report).filter(object_id=one.pk).exists()
    assert reports.ask_again(waived, actor=planner).state == "due"


def test_d9_no_member_of_planning_waives_the_own_clubs_report() -> None:
    planner = make.planner()
    with pretend(made.BEGUN):
        bureau = made.bureau()
        people = [*made.people(bureau), made.Member(planner, "member", 1)]
        club = made.club(bureau=bureau, people=people)
    with pytest.raises(Refused):
        reports.waive(papers.report(club), reason="바빴음", actor=planner)


def test_c2_secretaries_are_asked_and_the_president_when_it_is_very_late(club: Club) -> None:
    one = papers.report(club)
    work = OpenWork.objects.about(Report).get(object_id=one.pk)
    assert work.due == one.due_on
    assert one.get_absolute_url() in {todo.url for todo in todos_of(made.secretary(club))}
    assert one.get_absolute_url() not in {todo.url for todo in todos_of(made.president(club))}
    rungs = {rung.name: rung.offsets(DAY) for rung in _ladder()}
    assert rungs == {"before": [-3, 0], "late": [7, 14, 21, 28], "president": [14]}
    (president,) = (rung for rung in _ladder() if rung.name == "president")
    assert president.to is not None
    assert list(president.to(one)) == [f"u:{made.president(club).pk}"]


def _ladder() -> list[Rung]:
    assert REPORT.work is not None
    return list(REPORT.work.ask("write").ladder)


def test_c2_the_last_secretary_of_an_ended_club_still_sends_its_paper(club: Club) -> None:
    secretary = made.secretary(club)
    with pretend(dt.date(2026, 11, 20)):
        one = papers.report(club, period="2026-M11")
    assert club.panel is not None
    club.panel.seats.update(ends_on=dt.date(2026, 11, 30))
    Club.objects.filter(pk=club.pk).update(state="ended", ended_on=dt.date(2026, 11, 30))
    with pretend(dt.date(2026, 12, 3)):
        one = Report.objects.select_related("club__panel").get(pk=one.pk)
        reports.write(one, papers.TEXT, actor=secretary)
        assert reports.send(one, actor=secretary).state == "sent"


def test_c2_the_paper_reckons_who_came_and_for_how_long(club: Club) -> None:
    papers.met(club, dt.date(2026, 3, 12), came=4)
    text = str(report_paper(papers.written(papers.report(club))).to_json())
    assert "4명 / 7명" in text
    assert of_report(papers.report(club)).hours == 4 * 200  # two hours each, once the minutes stand
    assert [(one.came, one.of, one.hours) for one in of_report(papers.report(club)).people][3:5] == [
        (1, 1, 200),
        (0, 1, 0),
    ]
    assert "제출 전" in text
    assert "설문하였다." in text


def test_c2_the_map_reads_all_months_in_one_query(club: Club, django_assert_num_queries: object) -> None:
    papers.sent(papers.report(club))
    with pretend(dt.date(2026, 4, 20)), django_assert_num_queries(1):  # type: ignore[operator]
        found = reported([club], 2026)
        assert found[club.pk, 3].state == "sent"
        assert found[club.pk, 2].late
        assert (club.pk, 5) not in found


def test_c2_pages_of_a_month_from_writing_to_the_list(club: Club, client: Client) -> None:
    papers.met(club, dt.date(2026, 3, 12), minutes="현장을 보았다.")
    one, secretary = papers.report(club), made.secretary(club)
    client.force_login(secretary)
    page = client.get(reverse("clubs:report_edit", args=[one.pk]))
    assert "현장을 보았다." in page.content.decode()
    sent = {**papers.TEXT, "version": one.version}
    assert client.post(reverse("clubs:report_edit", args=[one.pk]), sent).status_code == 302
    one.refresh_from_db()
    answer = client.post(reverse("clubs:report_send", args=[one.pk]), {"version": one.version})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.state == "sent"
    for form in ("html", "hwpx", "xlsx"):
        assert client.get(reverse("clubs:report_paper", args=[one.pk]), {"format": form}).status_code == 200
    client.force_login(make.planner())
    listed = client.get(reverse("clubs:reports"), {"late": "1"}).content.decode()
    assert "2026년 2월" in listed  # due on the fifth
    assert "2026년 3월" not in listed


def test_c2_what_a_club_did_not_send_is_missing_for_good_once_it_is_over() -> None:
    """And nobody is asked for it any more; of the second half-year it was due while the club lasted."""
    with pretend(dt.date(2026, 2, 2)):
        club = made.club()
    with pretend(dt.date(2026, 12, 1)):
        papers.due()
        half = Report.objects.get(club=club, kind="half", period="2026-H2")
        assert half.due_on == dt.date(2026, 12, 10)
    day = dt.date(2027, 1, 4)
    with pretend(day):
        assert clubs.close_past(day) == 1
        rows = Report.objects.filter(club=club)
        assert set(rows.values_list("state", flat=True)) == {"missed"}
        assert not OpenWork.objects.exists()

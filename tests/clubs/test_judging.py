"""The results of clubs are judged: 1 + 2 + 8, once, with leave, wish and study trip for the ones named (C5, E1)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from awards.enums import AwardState
from awards.models import Award
from awards.services import revoking
from basis.errors import Refused, Rejected
from clubs.models import Best, Club, Report, Traveller
from clubs.selectors.members import nominees
from clubs.services import bests, judging, reports
from core.models import OpenWork
from core.now import pretend
from evaluations.enums import Ground, Slot
from evaluations.models import Conflict, Result, Round
from evaluations.services import confirming, corrections, rounds
from meetings.enums import Chair
from meetings.models import Seat
from notifications.models import Notice
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.clubs import made, papers
from tests.evaluations import made as judged
from tests.evaluations import results as outcomes

pytestmark = pytest.mark.django_db
DAY = papers.DAY


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def best_of(club: Club, team: int = 1) -> Best:
    return Best.objects.select_related("club__panel", "round").get(club=club, team=team)


def named(one: Best, **values: object) -> Best:
    seat = nominees(one)[0]
    usual = {"reason": "설문을 맡아 하였다.", "wish": "감사담당관"}
    return bests.name(one, seat, **{**usual, **values}, actor=made.president(one.club))  # type: ignore[arg-type]


# -- the round
def test_e1_a_round_begins_with_the_plans_grades_and_the_results_sent() -> None:
    first, second = papers.results(2)
    papers.due()
    round = rounds.make("club", "2026", actor=make.planner())
    grades = round.divisions.get().grades.values_list("slot", "at_most", "prize")
    assert list(grades) == [(Slot.FIRST, 1, 500_000), (Slot.SECOND, 2, 300_000), (Slot.THIRD, 8, 200_000)]
    assert [(one.title, one.passes) for one in round.stages.order_by("order")] == [
        ("실무평가단 심사", 11),
        ("위원회 심사", None),
    ]
    rounds.take_in(round, actor=make.planner())
    assert {one.object_id for one in round.entries.all()} == {first.pk, second.pk}
    assert {one.department_id for one in round.entries.all()} == {first.club.bureau_id, second.club.bureau_id}
    with pytest.raises(Rejected, match="연도"):
        rounds.make("club", "2026-H1", actor=make.planner())
    with pytest.raises(Rejected, match="심사에 올린"):
        reports.take_back(first, actor=made.secretary(first.club))


def test_e1_no_member_of_the_year_nor_of_their_departments_judges_a_club() -> None:
    one, other = papers.results(2)
    assert one.club.panel is not None
    gone = one.club.panel.seats.filter(chair="member").first()
    assert gone
    Seat.objects.filter(pk=gone.pk).update(ends_on=dt.date(2026, 4, 30))  # left in April
    beside = make.UserFactory(department=made.leader(other.club).department)
    papers.opened(gone.user, beside, judged.outsider())
    found = {
        (c.judge.user_id, c.entry.object_id): c.ground
        for c in Conflict.objects.select_related("judge", "entry")
    }
    assert found[gone.user_id, one.pk] == Ground.JOINT
    assert found[beside.pk, other.pk] == Ground.DEPARTMENT
    assert (beside.pk, one.pk) not in found


def test_e3_who_is_asked_to_judge_reads_no_result_before_signing(client: Client) -> None:
    one, _other = papers.results(2)
    judge = make.UserFactory()
    papers.opened(judge, judged.outsider(), judged.outsider())
    for who, answer in ((judge, 404), (make.UserFactory(), 200), (made.leader(one.club), 200)):
        client.force_login(who)
        assert client.get(reverse("clubs:report", args=[one.pk])).status_code == answer


def test_c5_the_bureau_gets_the_prize_a_joint_clubs_presidents_department() -> None:
    def joint(number: int) -> Club:
        bureau = made.bureau()
        return made.club(name=f"통합{number}", kind="joint", bureau=bureau, people=made.people(bureau))

    (one,) = papers.results(1, joint)
    Club.objects.filter(pk=one.club_id).update(bureau=None)
    chief = made.president(one.club)
    papers.confirmed([one])
    award = Award.objects.get(object_id=one.pk, grade="최우수")
    assert (award.department, award.amount) == (chief.department, 500_000)


# -- what follows, once
def test_c5_of_eleven_clubs_one_two_and_eight_are_awarded_once() -> None:
    entries = papers.results(12)
    round = papers.confirmed(entries)
    grades = list(Report.objects.filter(kind="result").order_by("pk").values_list("grade", flat=True))
    assert sorted(grades) == sorted(["최우수", *["우수"] * 2, *["장려"] * 8, ""])
    prizes = Award.objects.filter(content_type__model="report")
    assert sum(one.amount for one in prizes) == 500_000 + 2 * 300_000 + 8 * 200_000
    awarded = Report.objects.filter(grade__in=("최우수", "우수"))
    assert {(one.club_id, one.team) for one in Best.objects.all()} == {
        (one.club_id, team) for one in awarded for team in (1, 2)
    }
    winner = Report.objects.get(grade="최우수").club
    assert winner.panel is not None
    members = set(winner.panel.seats.values_list("user", flat=True))
    assert set(Traveller.objects.values_list("user", flat=True)) == members
    assert len(members) == 7
    with pytest.raises((Rejected, Refused)):
        confirming.confirm(Round.objects.get(pk=round.pk), actor=outcomes.second())
    assert Best.objects.count() == 6
    for one in Best.objects.select_related("club__panel", "round"):
        named(one)
    leave = Award.objects.filter(content_type__model="best")
    assert [(one.leave_days, one.other) for one in leave] == [(1, "희망부서 전보 추천")] * 6


def test_c5_the_president_is_asked_in_person_and_told() -> None:
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    one, chief = best_of(entry.club), made.president(entry.club)
    work = OpenWork.objects.about(Best).get(object_id=one.pk)
    assert work.personal
    assert work.due == dt.date(2026, 11, 23)
    assert [holder.key for holder in work.holders.all()] == [f"u:{chief.pk}"]
    assert Notice.objects.filter(kind="clubs.name_best", recipient=chief).exists()
    deputy = make.UserFactory()
    make.away(chief, deputy, DAY, DAY)
    for who in (make.fresh(deputy), made.leader(entry.club), make.planner()):
        with pytest.raises(Refused):
            bests.name(one, nominees(one)[0], reason="대신", actor=who)
        with pytest.raises(Refused):
            bests.none(one, reason="대신", actor=who)


def test_c5_a_member_of_the_team_on_that_day_never_oneself_nor_twice() -> None:
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    club, one = entry.club, best_of(entry.club)
    assert club.panel is not None
    chief = made.president(club)
    own = club.panel.seats.get(user=chief)
    other = club.panel.seats.filter(team=2).first()
    assert other
    for seat in (own, other):
        with pytest.raises(Rejected, match="회원이던"):
            bests.name(one, seat, reason="기여", actor=chief)
    with pretend(DAY + dt.timedelta(days=3)):
        left = club.panel.seats.filter(team=1).first()
        assert left
        Seat.objects.filter(pk=left.pk).update(ends_on=DAY + dt.timedelta(days=1))  # left after the award
        assert left.pk in {seat.pk for seat in nominees(one)}
        with pytest.raises(Rejected, match="추천 사유"):
            bests.name(one, left, reason="  ", actor=chief)
        assert bests.name(one, left, reason="기여", actor=chief).state == "named"
    with pytest.raises(Rejected):
        bests.name(one, left, reason="기여", actor=chief)
    assert Award.objects.filter(content_type__model="best").count() == 1


def test_c5_a_member_who_became_president_does_not_name_oneself() -> None:
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    one, panel = best_of(entry.club), entry.club.panel
    assert panel is not None
    risen = panel.seats.filter(team=1, chair="member").first()
    assert risen
    tomorrow = DAY + dt.timedelta(days=1)
    panel.seats.filter(chair=Chair.CHAIR).update(ends_on=DAY)
    Seat.objects.create(
        panel=panel, user=risen.user, chair=Chair.CHAIR, basis="ex_officio", starts_on=tomorrow
    )
    with pretend(tomorrow), pytest.raises(Rejected, match="자기 자신"):
        bests.name(one, risen, reason="기여", actor=User.objects.get(pk=risen.user_id))


def test_c5_nobody_is_named_with_a_reason_and_named_after_all() -> None:
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    one, chief = best_of(entry.club), made.president(entry.club)
    with pytest.raises(Rejected, match="사유"):
        bests.none(one, reason="", actor=chief)
    one = bests.none(one, reason="모두 고루 기여함", actor=chief)
    assert (one.state, Award.objects.filter(content_type__model="best").count()) == ("none", 0)
    assert bests.again(one, actor=chief).state == "open"


def test_c5_a_club_without_teams_names_as_many() -> None:
    def plain(number: int) -> Club:
        club = made.club(name=f"연구{number}", kind="study")
        club.teams.all().delete()
        assert club.panel is not None
        club.panel.seats.update(team=None)
        return club

    (entry,) = papers.results(1, plain)
    papers.confirmed([entry])
    first, second = Best.objects.select_related("club__panel", "round").order_by("place")
    assert (first.team, second.team) == (0, 0)
    seat = nominees(first)[0]
    bests.name(first, seat, reason="기여", actor=made.president(entry.club))
    with pytest.raises(Rejected, match="회원이던"):
        bests.name(second, seat, reason="또", actor=made.president(entry.club))


def test_c5_revoking_the_award_takes_the_recommendation_with_it() -> None:
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    one = named(best_of(entry.club))
    assert one.award is not None
    revoking.ask_revocation(one.award, reason="허위", note="허위로 밝혀짐", actor=make.planner())
    revoking.revoke(Award.objects.get(pk=one.award_id), actor=outcomes.second())
    one.refresh_from_db()
    assert one.state == "revoked"


# -- corrected
def correct(round: Round, report: Report, slot: str | None) -> None:
    """The committee resolves anew a day later; asked by planning, made by its head."""
    outcomes.session(round)
    result = Result.objects.select_related("entry__round", "entry__division").get(
        entry__round=round, entry__object_id=report.pk
    )
    grade = result.entry.division.grades.get(slot=slot) if slot else None
    asked = corrections.ask(result, grade, reason="점수를 잘못 더하였다.", actor=make.planner())
    corrections.make(asked, actor=outcomes.second())


def test_c5_a_correction_keeps_best_contributors_and_travellers_right() -> None:
    first, second, third, fourth = papers.results(4)
    round = papers.confirmed([first, second, third, fourth])
    one, other = named(best_of(first.club, 1)), best_of(first.club, 2)
    with pretend(DAY + dt.timedelta(days=1)):
        correct(round, first, Slot.THIRD)
        first.refresh_from_db()
        one.refresh_from_db()
        other.refresh_from_db()
        assert (first.grade, one.state, other.state) == ("장려", "revoked", "revoked")
        award = Award.objects.get(content_type__model="best")
        assert award.state == AwardState.REVOKED
        assert not Traveller.objects.standing().exists()
        assert not OpenWork.objects.about(Best).filter(object_id=other.pk).exists()
    with pretend(DAY + dt.timedelta(days=2)):
        correct(round, fourth, Slot.FIRST)
        fourth.refresh_from_db()
        assert fourth.grade == "최우수"
        assert Best.objects.filter(club=fourth.club, state="open").count() == 2
        assert Traveller.objects.standing().filter(club=fourth.club).count() == 7
    with pretend(DAY + dt.timedelta(days=3)):
        correct(round, fourth, Slot.SECOND)
        assert Best.objects.filter(club=fourth.club, state="open").count() == 2
        assert not Traveller.objects.standing().exists()
        correct_again = best_of(fourth.club)
        assert correct_again.grade == "우수"
    with pretend(DAY + dt.timedelta(days=4)):
        correct(round, first, Slot.FIRST)
        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.state, one.seat, other.state) == ("open", None, "open")
        assert Traveller.objects.standing().filter(club=first.club).count() == 7
        again = named(best_of(first.club, 1))
        assert again.award_id != award.pk  # given anew


# -- lists and pages
def test_c5_personnel_reads_names_wishes_and_travellers(client: Client) -> None:
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    one = named(best_of(entry.club))
    assert one.seat is not None
    client.force_login(make.UserFactory(roles=[Role.GENERAL_AFFAIRS]))
    page = client.get(reverse("clubs:bests"), {"wished": "1", "year": "2026"}).content.decode()
    assert one.seat.user.name in page
    assert "감사담당관" in page
    trip = client.get(reverse("clubs:travellers"), {"year": "2026"}).content.decode()
    assert made.president(entry.club).name in trip
    client.force_login(made.president(entry.club))
    for name in ("bests", "travellers"):
        assert client.get(reverse(f"clubs:{name}")).status_code == 403


def test_a4_leave_of_the_best_counts_with_all_leave_of_the_year(client: Client) -> None:
    """Named on the page; the leave stands in the list of leave with the wish."""
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    one, chief = best_of(entry.club), made.president(entry.club)
    client.force_login(chief)
    assert "특별휴가 1일" in client.get(reverse("clubs:best", args=[one.pk])).content.decode()
    seat = nominees(one)[0]
    sent = {"seat": seat.pk, "reason": "자료를 모았다.", "wish": "홍보과", "version": one.version}
    assert client.post(reverse("clubs:best_name", args=[one.pk]), sent).status_code == 302
    one.refresh_from_db()
    assert one.award is not None
    assert (one.award.leave_days, one.award.leave_over, one.award.user_id) == (1, 0, seat.user_id)
    client.force_login(make.UserFactory(roles=[Role.GENERAL_AFFAIRS]))
    assert seat.user.name in client.get(reverse("awards:leave")).content.decode()


def test_c5_the_page_of_a_result_says_what_became_of_it(client: Client) -> None:
    (entry,) = papers.results(1)
    papers.confirmed([entry])
    client.force_login(made.secretary(entry.club))
    page = client.get(reverse("clubs:report", args=[entry.pk])).content.decode()
    assert "최우수" in page
    client.force_login(made.president(entry.club))
    assert "최고 기여자" in client.get(entry.club.get_absolute_url()).content.decode()


def test_c5_judges_read_what_the_club_did_not_who_scored_it() -> None:
    (entry,) = papers.results(1)
    round = rounds.make("club", "2026", actor=make.planner())
    rounds.take_in(round, actor=make.planner())
    (content,) = judging.ClubResults().contents(list(round.entries.all())).values()
    said = {str(part.title): part.text for part in content.parts}
    assert said["연구 결과와 제안"] == papers.TEXT["findings"]
    assert said["활동 실적"].startswith("모임 0회")
    assert content.names == [entry.club.name, entry.club.place]

"""창의왕 is chosen among those who have submitted a proposal (M5)."""

import datetime as dt
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from basis.periods import parse
from core.now import pretend
from knowledge.services import opinions, readings
from mileage.contests import contest_of
from mileage.enums import RankingKind
from mileage.models import Entry
from mileage.services import rankings
from mileage.sockets import exclusions
from proposals.selectors.qualifying import submitted
from proposals.services import handling, receiving
from tests import factories as make
from tests.knowledge import made as knowledge
from tests.proposals import made

pytestmark = pytest.mark.django_db
IN, AFTER = dt.date(2026, 9, 14), dt.date(2026, 10, 1)
PERIOD = parse("2026-Q3")


def propose(*people: object) -> object:
    given = [
        {"user": person, "share": Decimal(100) / len(people), "is_main": not n}
        for n, person in enumerate(people)
    ]
    return receiving.propose(made.CONTENT, given, actor=people[0])


def test_m5_who_submitted_a_proposal_in_the_period_qualifies() -> None:
    alone, main, joint, late, gone = (knowledge.staff() for _n in range(5))
    with pretend(IN):
        made.entered()  # a citizen's is nobody's of the staff
        propose(alone)
        propose(main, joint)
        handling.withdraw(propose(gone), actor=gone)
    with pretend(AFTER):
        propose(late)
    assert submitted(PERIOD) == {alone.pk, main.pk, joint.pk}
    assert submitted(parse("2026-Q4")) == {late.pk}
    (rule,) = exclusions(RankingKind.CREATIVE_KING)
    assert (str(rule.label), rule.qualifying(PERIOD)) == ("제안 미제출", submitted(PERIOD))
    assert not exclusions(RankingKind.MVP_PERSON)


def test_m5_the_king_of_the_quarter_has_proposed_and_every_figure_opens(client: Client) -> None:
    proposer, idle, reader = (knowledge.staff() for _n in range(3))
    with pretend(IN):
        propose(proposer)
        propose(reader)
        post = knowledge.standing(proposer)
        knowledge.standing(idle, title="당직 순서", text="당직은 두 사람이 선다")
        knowledge.standing(idle, title="폐기물 스티커", text="크기마다 값이 다르고 동에서 판다")
        opinion = opinions.say(post, "이관되는 날짜는 차고지 담당에게 먼저 물어보면 빠릅니다.", actor=reader)
    with pretend(dt.date(2026, 9, 16)):
        opinions.settle(dt.date(2026, 9, 16))
        opened = readings.opening(post, reader)
    with pretend(dt.datetime(2026, 9, 16, 9, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))):
        readings.read(post, opened, actor=reader)
    planner = make.planner()
    with pretend(AFTER):
        ranking = rankings.draft(contest_of(RankingKind.CREATIVE_KING), PERIOD, actor=planner)
        rankings.confirm(ranking, actor=planner)
    placed = {row.user: (row.place, row.wins, row.left_out, row.total) for row in ranking.rows.all()}
    assert placed[proposer] == (1, True, "", 500)
    assert placed[reader] == (2, True, "", 250)
    assert placed[idle][1:] == (False, "제안 미제출", 1000)
    client.force_login(planner)
    page = client.get(ranking.get_absolute_url()).content.decode()
    begin = f"{reverse('mileage:entries')}?q={reader.employee_number}&amp;"
    behind = unescape(page[page.index(begin) :].partition('"')[0])
    listed = client.get(behind).content.decode()
    own = Entry.objects.filter(account__user=reader).order_by("pk")
    assert [entry.rule for entry in own] == ["opinion", "viewing"]
    for entry, source in zip(own, (opinion, post), strict=True):
        assert entry.get_absolute_url() in listed
        why = client.get(entry.get_absolute_url()).content.decode()
        assert source.get_absolute_url() in why
        assert "상한" in why

"""The best knowledge of a quarter: one first, three second (K4, E1)."""

import datetime as dt
from collections.abc import Iterator

import pytest

from basis.errors import Rejected
from core.now import pretend
from evaluations.enums import Ground, Slot
from evaluations.models import Conflict, Round, Sheet
from evaluations.services import confirming, drafts, rounds, stages
from knowledge.models import Post
from knowledge.services import looking
from notifications.models import Notice
from tests import factories as make
from tests.evaluations import made as judged
from tests.evaluations import results as outcomes
from tests.knowledge import made

pytestmark = pytest.mark.django_db
AFTER = dt.date(2026, 10, 5)  # a Monday of the next quarter


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(AFTER):
        yield


TEXTS = (
    "전입세대 열람은 신분증으로 한다",
    "대형폐기물은 스티커를 산다",
    "당직은 두 사람이 선다",
    "여권은 사진이 든다",
    "제설은 새벽에 한다",
)


def posts(count: int = 5) -> list[Post]:
    with pretend(made.DAY):
        return [made.standing(title=text, text=text * 3) for text in TEXTS[:count]]


def opened(*members: object) -> Round:
    planner = make.planner()
    round = rounds.make("knowledge", "2026-Q3", actor=planner)
    rounds.take_in(round, actor=planner)
    days = {"opens_on": AFTER, "closes_on": AFTER, "panel": judged.panel(*members)}
    rounds.edit_stage(round.stages.get(), days, actor=planner)
    rounds.open(round, actor=planner)
    return Round.objects.get(pk=round.pk)


def test_k4_a_round_is_of_a_quarter_that_is_over() -> None:
    for period in ("2026-Q4", "2026", "2026-M09"):
        with pytest.raises(Rejected):
            rounds.make("knowledge", period, actor=make.planner())
    posts()
    round = rounds.make("knowledge", "2026-Q3", actor=make.planner())
    grades = round.divisions.get().grades.values_list("slot", "at_most")
    assert list(grades) == [(Slot.FIRST, 1), (Slot.SECOND, 3)]


def test_k4_what_is_old_or_said_before_does_not_enter() -> None:
    first, *rest = posts(3)
    with pretend(made.DAY):
        copy = made.standing(title=first.title, text=first.text)
    assert copy.alike == first
    looking.outdate(rest[0], reason="조례 개정", actor=make.planner())
    round = rounds.make("knowledge", "2026-Q3", actor=make.planner())
    rounds.take_in(round, actor=make.planner())
    assert set(round.entries.values_list("object_id", flat=True)) == {first.pk, rest[1].pk}


def test_e1_the_best_are_confirmed_once_and_say_so() -> None:
    entries = posts()
    round = opened(*(judged.outsider() for _n in range(3)))
    stage = round.stages.get()
    judged.signed(stage)
    stages.start(stage, actor=make.planner())
    marks = {post.pk: 10 - place for place, post in enumerate(entries)}
    open_ = Sheet.objects.filter(judge__stage=stage, state="open").select_related("judge__user", "entry")
    for sheet in open_:
        judged.score(sheet, marks[sheet.entry.object_id])
    stages.close(stage, actor=make.planner())
    round = Round.objects.get(pk=round.pk)
    outcomes.session(round)
    drafts.resolve(round, {}, actor=make.planner())
    confirming.confirm(Round.objects.get(pk=round.pk), actor=outcomes.second())
    grades = [Post.objects.get(pk=post.pk).grade for post in entries]
    assert grades == ["최우수", "우수", "우수", "우수", ""]
    assert Notice.objects.filter(recipient=entries[0].writer, kind="knowledge.judged").exists()


def test_e3_who_wrote_it_never_judges_it() -> None:
    (post, *_rest) = posts(2)
    round = opened(post.writer, judged.outsider(), judged.outsider())
    stage = round.stages.get()
    judged.signed(stage)
    stages.start(stage, actor=make.planner())
    assert not Sheet.objects.filter(judge__user=post.writer, entry__object_id=post.pk).exists()
    grounds = Conflict.objects.filter(judge__user=post.writer).values_list("ground", flat=True)
    assert Ground.SELF in grounds

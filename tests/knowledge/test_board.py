"""The demonstration's board alone, and whether people find on it what they look for: thirty written queries, each with
the post that should come first (K1)."""

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.models import F

from basis.periods import parse
from core import jobs
from core.actors import SYSTEM
from core.now import pretend
from demo import knowledge, knowledge_activity, knowledge_talk, organization
from demo.timeline import Timeline
from knowledge.enums import PostState, Validity
from knowledge.finding import POSTS
from knowledge.models import Campaign, Edition, Flaw, Post, Question
from knowledge.selectors.campaigns import brought, posts_of
from knowledge.services import mirrors, opinions
from mileage.contests import contest_of
from mileage.models import Entry
from mileage.services import rankings
from tests.shared import rows_of_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("board")]
DAY = dt.date(2026, 11, 20)  # a Friday
QUERIES = [
    ("주차", "주차 민원 자주 묻는 질문 모음"),
    ("거주자 우선 주차", "거주자우선주차 구역 배정 순서"),
    ("거주자우선주차 부정", "거주자우선주차 부정 주차 신고 받았을 때"),
    ("동주민센터", "동주민센터 처음 발령받은 직원이 먼저 익힐 일"),
    ("청년 창업", "청년 창업 공간 입주자 모집 순서"),
    ("전입신고 서류", "전입신고 서류와 확인할 점"),
    ("당직 근무 교대", "당직 근무 교대 요령"),
    ("대형폐기물 수수료", "대형폐기물 수수료 안내와 배출 신고"),
    ("ｅｘｃｅｌ", "Excel 피벗 표로 민원 건수 세기"),
    (unicodedata.normalize("NFD", "재산세"), "재산세 고지서 문의 답변 요령"),
    ("칸", "엑셀에서 빈 칸 한 번에 채우기"),
    ("숲", "숲 체험 프로그램 예약 받는 요령"),
    ("마중물", "수방 기간 양수기 점검과 배치"),  # in an attached HWPX alone
    ("엠바고", "보도자료 한 장으로 쓰는 법"),  # likewise
    ("쌍둥이 가점", "거주자우선주차 구역 배정 순서"),  # in an attached workbook alone
    ("불법주정차 의견진술", "불법 주정차 과태료 의견 진술 처리 요령"),
    ("이행강제금", "위반건축물 이행강제금 부과 순서"),
    ("기초연금 신청", "기초연금 신청 안내와 준비할 서류"),
    ("긴급복지", "긴급복지 지원 요청 받은 날 할 일"),
    ("인감 위임", "인감증명서 위임 발급할 때 막는 사고"),
    ("여권사진", "여권 사진 반려되는 까닭"),
    ("개명", "개명 허가 받은 뒤 신고와 따라 바꿀 것"),
    ("제설 단계", "제설 비상근무 단계별 할 일"),
    ("수의계약 서류", "수의계약 할 때 갖출 서류"),
    ("정보공개 연장", "정보공개 기한 연장 통지서 쓰기"),
    ("온나라 반려", "온나라 문서 반려하고 다시 올리기"),
    ("지방세 환급", "지방세 환급금 찾아 주는 전화 요령"),
    ("가설건축물 연장", "가설건축물 존치 기간 연장 신고"),
    ("층간 소음", "공동주택 층간소음 민원 안내"),
    ("출장비 정산", "출장 신청부터 여비 정산까지"),
]
FIRST = 27  # of them that come first, at least


@pytest.fixture(scope="module")
def board(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The office and its posts, and nothing else of the demonstration."""
    with rows_of_a_module(django_db_blocker), pretend(DAY):
        timeline = Timeline()
        for part in (organization, knowledge, knowledge_talk, knowledge_activity):
            part.add(timeline, DAY)
        timeline.replay(until=DAY, progress=lambda _day: None)
        jobs.run_pending()
        mirrors.keep_up(DAY)
        opinions.settle(DAY)
        yield


def first_of(words: str) -> str:
    found = POSTS.find(words, Post.objects.standing(), limit=1).found
    return Post.objects.get(pk=found[0].pk).title if found else ""


@pytest.mark.dialect
def test_k1_the_right_post_comes_first() -> None:
    missed = [(words, first) for words, title in QUERIES if (first := first_of(words)) != title]
    assert len(QUERIES) == 30
    assert len(QUERIES) - len(missed) >= FIRST, missed


@pytest.mark.dialect
@pytest.mark.parametrize("words", ["마중물", "엠바고", "폭죽"])
def test_k1_words_of_files_alone_are_found(words: str) -> None:
    assert not Post.objects.filter(text__contains=words).exists()
    assert POSTS.find(words, Post.objects.standing()).total == 1


def test_k1_the_board_has_fields_kinds_and_every_state() -> None:
    rows = Post.objects.all()
    assert rows.count() >= 300
    assert rows.values("field").distinct().order_by().count() >= 18
    states = Counter(rows.filter(is_past=False).values_list("state", flat=True))
    assert states.keys() == {
        PostState.DRAFT,
        PostState.WAITING,
        PostState.STANDING,
        PostState.REJECTED,
    }
    assert states[PostState.WAITING] >= 4
    assert rows.filter(pinned=True).count() == 1
    assert Edition.objects.filter(post__is_past=False).count() == 2


def test_k6_some_are_old_and_say_why() -> None:
    old = Post.objects.filter(validity=Validity.OLD)
    assert old.count() >= 15
    assert not old.filter(old_reason="").exists()
    assert not Post.objects.filter(is_past=True, approved_on__gt=DAY - dt.timedelta(days=180)).exists()
    assert not Post.objects.filter(approved_on__lt=DAY - dt.timedelta(days=731)).exists()


def test_k4_departments_brought_posts_to_the_registration_days() -> None:
    campaign = Campaign.objects.get(month="2026-M09")
    assert campaign.state == "closed"
    assert posts_of(campaign).count() >= 20
    assert sum(one.asked > 0 for one in brought(campaign)) >= 15


def test_n1_what_stood_before_earned_nothing() -> None:
    past = [f"knowledge.post:{pk}" for pk in Post.objects.filter(is_past=True).values_list("pk", flat=True)]
    assert Entry.objects.exists()
    assert not Entry.objects.filter(event__in=past).exists()


def test_k6_one_who_moved_has_handed_over_all_but_a_few() -> None:
    left = Post.objects.filter(owner__employee_number="100090").exclude(department=F("owner__department"))
    assert left.count() == 1
    assert Post.objects.filter(writer__employee_number="100090", owner__employee_number="100089").exists()


def test_k6_flaws_and_questions_of_the_board_are_in_every_state() -> None:
    assert {*Flaw.objects.values_list("state", flat=True)} == {"open", "accepted", "declined"}
    assert {*Question.objects.values_list("state", flat=True)} == {"open", "chosen"}
    chosen = Question.objects.filter(state="chosen")
    assert {*chosen.values_list("post__state", flat=True)} == {"standing", "waiting"}


def test_m5_the_quarters_ranking_leaves_out_a_high_scorer_without_a_proposal() -> None:
    with pretend(DAY):
        ranking = rankings.draft(contest_of("creative_king"), parse("2026-Q3"), actor=SYSTEM)
    rows = list(ranking.rows.order_by("pk"))
    kings = [row for row in rows if row.wins]
    assert [row.user.employee_number for row in kings] == ["100080", "100033", "100043"]
    assert len({row.total for row in kings}) == 3
    (out,) = [row for row in rows if row.user.employee_number == "100049"]
    assert out.left_out == "제안 미제출"
    assert out.total > kings[-1].total

"""What the knowledge board was in a quarter as a paper, and at a glance on the dashboard (R1, R4, K1–K6)."""

import datetime as dt
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from basis.documents.hwpx import render_hwpx
from basis.documents.model import Document, Table
from basis.documents.xlsx import render_xlsx
from basis.periods import parse
from core.now import pretend
from knowledge.services import looking, opinions, posts, ratings, readings
from organization.enums import DepartmentKind
from reports import knowledge_glance
from reports.behind import count
from reports.definitions import definition_of
from tests import factories as make
from tests.knowledge import history, made

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 9, 14, 9, tzinfo=timezone.get_default_timezone())
DAY = dt.date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(NINE):
        yield


def document(period: str = "2026-Q3") -> Document:
    return definition_of("knowledge-quarter").document(parse(period), DAY)


def table(paper: Document, caption: str) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table) and block.caption == caption)


def values(lines: object) -> list[list[object]]:
    return [[cell.value for cell in line] for line in lines]  # type: ignore[attr-defined]


def board() -> None:
    """Two that stand, one of which was read, said something to and rated; one waits, one was refused."""
    post = made.standing()
    made.standing(area="file", type="manual", title="당직 편람", text="당직은 두 사람이 선다.")
    made.waiting(title="기다리는 글", text="아직 기다린다")
    posts.reject(
        made.waiting(title="못 쓸 글", text="쓸 수 없다"), reason="폐지된 제도", actor=make.planner()
    )
    for stars in (5, 4, 3):
        reader = made.staff()
        opened = readings.opening(post, reader)
        with pretend(NINE + dt.timedelta(minutes=1)):
            readings.read(post, opened, actor=reader)
        ratings.rate(post, stars, actor=reader)
    opinions.say(post, "차량번호를 먼저 확인하는 까닭이 무엇인가요?", actor=made.staff())


def test_r1_the_quarter_of_the_board_counts_what_was_brought_read_and_said() -> None:
    board()
    paper = document()
    kinds = values(table(paper, "영역·유형별 지식").rows)
    assert kinds == [
        ["업무나눔터", "업무지식", 3, 1, 1, 1, 0],
        ["자료공유", "업무편람", 1, 1, 0, 0, 0],
    ]
    (sums,) = values(table(paper, "부서별 지식과 활동").totals)
    assert sums == ["계", 4, 2, 1, 1, 3, 1]
    read, rated = (values(table(paper, caption).rows) for caption in ("많이 읽은 지식", "높이 평가한 지식"))
    assert (read[0][2], rated[0][2:]) == (3, [4.0, 3])
    *_before, now = values(table(paper, "지난 기간과 비교").rows)
    assert now == ["2026년 3분기", 4, 2, 1, 1, 0, 3, 3, 1]
    assert values(table(paper, "게시된 지식의 유효 여부").totals) == [["계", 2, 0, 0, 2]]
    later = values(table(document("2026-Q4"), "지난 기간과 비교").rows)
    assert later[1][1:] == now[1:]
    assert definition_of("knowledge-quarter").worth(parse("2026-Q3"))
    assert not definition_of("knowledge-quarter").worth(parse("2026-Q2"))


def test_r1_the_paper_comes_in_every_form() -> None:
    board()
    paper = document()
    assert render_hwpx(paper)[:2] == render_xlsx(paper)[:2] == b"PK"
    said = StringIO()
    call_command("report", "knowledge-quarter", "--period", "2026-Q3", stdout=said)


def test_r1_the_paper_asks_the_same_however_much_there_is() -> None:
    history.written(seed=5, honest=20)
    document()
    with CaptureQueriesContext(connection) as few:
        document()
    history.written(seed=6, honest=60)
    with CaptureQueriesContext(connection) as many:
        document()
    assert len(many) == len(few) <= 25


def test_r4_the_dashboard_shows_what_waits_and_what_is_new(client: Client) -> None:
    board()
    late = dt.date(2026, 9, 30)
    with CaptureQueriesContext(connection) as asked:
        shown = knowledge_glance.figures(count(knowledge_glance.rows(late)))
    found = {one.label: (one.value, one.delta) for one in shown}
    assert len(asked) == 1
    assert found == {
        "승인할 지식": ("1", "기한 지남 1건"), "다시 확인할 지식": ("0", ""), "이번 달 새 지식": ("2", ""),
    }  # fmt: skip
    with pretend(dt.date(2027, 10, 1)):
        looking.come_due(dt.date(2027, 10, 1))
    assert count(knowledge_glance.rows(late))["posts_check"] == (2, 0)
    client.force_login(make.planner(), backend="organization.backends.Backend")
    assert "승인할 지식" in client.get("/dashboard/", follow=True).content.decode()


def test_s3_each_figure_leads_to_as_many_posts(client: Client) -> None:
    board()
    bureau = make.DepartmentFactory(name="행정관리국", kind=DepartmentKind.BUREAU)
    made.waiting(make.UserFactory(department=bureau), title="국의 글", text="국에서 올렸다")
    made.written(title="쓰다 만 글", text="아직 내지 않았다")
    client.force_login(make.planner(), backend="organization.backends.Backend")
    paper, led = document(), 0
    for caption in ("영역·유형별 지식", "부서별 지식과 활동"):
        shown = table(paper, caption)
        for cell in (cell for line in (*shown.rows, *shown.totals) for cell in line if cell.url):
            assert client.get(cell.url).context["list"].count == cell.value, cell.url
            led += 1
    assert led > 8

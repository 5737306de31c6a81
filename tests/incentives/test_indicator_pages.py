"""The pages of indicators: the table with and without script, a pasted block, a workbook, values, scores (I3, I3a)."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.now import pretend
from incentives import sheet
from incentives.enums import Level, Shape
from incentives.models import Division, Indicator, Value
from incentives.services import indicators
from tests import factories as make
from tests.incentives import made, measured
from tests.incentives.measured import MEASURED
from tests.many import download

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def division() -> Division:
    return made.division()


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(make.planner())
    return client


def table(division: Division, look: str = "") -> str:
    return reverse("incentives:indicators", args=[division.pk]) + (f"?table={look}" if look else "")


def fields(client: Client, url: str) -> dict[str, str]:
    """What a browser without scripts would send of the table as it stands."""
    page = client.get(url).content.decode()
    found: dict[str, str] = {}
    for tag in re.findall(r'<input[^>]*name="[rn]\d+-[^>]*>', page):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        assert name
        found[name.group(1)] = unescape(value.group(1)) if value else ""
    for name_, body in re.findall(r'<select[^>]*name="([rn]\d+-\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        first = re.search(r'value="([^"]*)"', body)
        assert first
        found[name_] = (chosen or first).group(1)
    for name_, text in re.findall(
        r'<textarea[^>]*name="([rn]\d+-\w+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL
    ):
        found[name_] = unescape(text)
    return found


def test_i3_a_table_of_98_rows_saves_every_cell(planner: Client, division: Division) -> None:
    rows = measured.written(division, [{**MEASURED, "name": f"지표 {n}"} for n in range(98)])
    for look, columns in (("", sheet.COLUMNS), ("path", sheet.PATHS)):
        sent = fields(planner, table(division, look))
        for n, one in enumerate(rows):
            if look:
                sent |= {f"r{one.pk}-{c.key}": f"{n}.{m}" for m, c in enumerate(columns, start=10)}
            else:
                sent |= {
                    f"r{one.pk}-name": f"고친 지표 {n}",
                    f"r{one.pk}-weight": f"{n % 7}.5",
                    f"r{one.pk}-unit": f"단위{n}",
                    f"r{one.pk}-target": f"{n + 1}",
                    f"r{one.pk}-bounds": f"{n % 10}~120",
                    f"r{one.pk}-response": f"{n}번째 대응\n둘째 줄",
                }
        assert len(sent) >= 98 * len(columns)
        assert planner.post(table(division, look), sent).status_code == 302
    for n, one in enumerate(rows):
        texts = sheet.texts_of(Indicator.objects.get(pk=one.pk))
        assert texts["name"] == f"고친 지표 {n}"
        assert texts["unit"] == f"단위{n}"
        assert Decimal(texts["weight"]) == Decimal(f"{n % 7}.5")
        assert texts["bounds"] == f"{n % 10}~120"
        assert texts["response"] == f"{n}번째 대응\n둘째 줄"
        assert [Decimal(texts[c.key]) for c in sheet.PATHS] == [Decimal(f"{n}.{m}") for m in range(10, 22)]


def test_i3_as_many_rows_as_there_may_be_fit_into_one_form(planner: Client) -> None:
    """Each of 300 rows sends its cells with version and mark; Django refuses more than the limit aloud."""
    each = max(len(sheet.COLUMNS), len(sheet.PATHS)) + 2
    assert (indicators.MOST + 3) * each + 10 <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_i3_new_rows_and_what_is_untouched_stays(planner: Client, division: Division) -> None:
    one = measured.indicator(division)
    sent = fields(planner, table(division))
    other = make.UserFactory(department=division.parts.get().department)
    indicators.save_rows(division, [measured.row(one.pk, 1, target="77")], actor=other)
    sent |= {"n0-name": "새 지표", "n0-shape": Shape.YES, "n0-weight": "5"}
    assert planner.post(table(division), sent).status_code == 302
    assert [(row.name, row.target) for row in division.indicators.order_by("order")] == [
        ("지표", 77),
        ("새 지표", None),
    ], "who touches no row overwrites none"


def test_i3_a_form_sent_twice_makes_new_rows_once(planner: Client, division: Division) -> None:
    page = planner.get(table(division)).content.decode()
    once = re.search(r'name="once" value="([\w-]{22})"', page)
    assert once
    sent = {**fields(planner, table(division)), "n0-name": "새 지표", "once": once.group(1)}
    for _time in range(2):
        assert planner.post(table(division), sent).status_code == 302
    assert division.indicators.count() == 1


def test_i3_what_will_not_do_is_said_beside_its_cell_and_nothing_typed_is_lost(
    planner: Client, division: Division
) -> None:
    one = measured.indicator(division)
    sent = {
        **fields(planner, table(division)),
        f"r{one.pk}-target": "0",
        f"r{one.pk}-name": "<b>고친 이름</b>",
    }
    answer = planner.post(table(division), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="r{one.pk}-target-error">목표는 0보다 커야 합니다' in page
    assert 'aria-invalid="true"' in page
    assert "&lt;b&gt;고친 이름&lt;/b&gt;" in page
    assert f'href="#r{one.pk}-target"' in page
    one.refresh_from_db()
    assert one.target == 100


def test_i3_each_row_saves_for_itself_and_says_what_that_does(planner: Client, division: Division) -> None:
    one, other = measured.written(division, [MEASURED, {**MEASURED, "name": "다른 지표"}])
    measured.known(one, "50", DAY)
    mine = {
        name: text
        for name, text in fields(planner, table(division)).items()
        if name.startswith(f"r{one.pk}-")
    }
    sent = {**mine, "row": f"r{one.pk}", f"r{one.pk}-weight": "20"}
    answer = planner.post(table(division), sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "저장됨" in page
    assert f'id="r{one.pk}-version" value="2" hx-swap-oob="true"' in page
    assert "(+" in page, "what it adds to the expected score"
    assert f"r{other.pk}" not in page
    stale = planner.post(table(division), {**sent, f"r{one.pk}-weight": "30"}, headers={"HX-Request": "true"})
    assert stale.status_code == 422
    assert "배점: 20" in stale.content.decode(), "what was changed meanwhile"
    division.refresh_from_db()
    wrong = planner.post(
        table(division),
        {**sent, f"r{one.pk}-version": "2", f"r{one.pk}-weight": "-5"},
        headers={"HX-Request": "true"},
    )
    assert "배점은 0 이상" in wrong.content.decode()


def test_i3_what_would_change_is_shown_before_it_is_saved(planner: Client, division: Division) -> None:
    one = measured.indicator(division)
    sent = {**fields(planner, table(division)), f"r{one.pk}-target": "200", "check": "1"}
    page = planner.post(table(division), sent).content.decode()
    assert "지표 · 목표: 100 → 200" in page
    assert "연말 예상 점수" in page
    one.refresh_from_db()
    assert one.target == 100
    assert one.version == 1


def test_i3_rows_move_and_what_was_typed_is_saved(planner: Client, division: Division) -> None:
    first, second = measured.written(division, [MEASURED, {**MEASURED, "name": "둘째"}])
    sent = {**fields(planner, table(division)), f"r{first.pk}-target": "70", "move": f"up:{second.pk}"}
    assert planner.post(table(division), sent).status_code == 302
    assert [(one.name, one.target) for one in division.indicators.order_by("order")] == [
        ("둘째", 100),
        ("지표", 70),
    ]


def paste(client: Client, division: Division, **data: Any) -> Any:
    return client.post(reverse("incentives:indicators_paste", args=[division.pk]), data)


def confirmed(client: Client, division: Division, **data: Any) -> Any:
    """Both steps."""
    shown = paste(client, division, **data)
    assert shown.status_code == 200, shown.content.decode()[-3000:]
    preview = re.search(r'name="preview" value="(\w+)"', shown.content.decode())
    assert preview
    typed = {name: value for name, value in shown.context["typed"] if name != "book"}
    return shown, paste(client, division, **typed, preview=preview.group(1))


def test_i3_a_pasted_block_with_heads_is_shown_then_saved(planner: Client, division: Division) -> None:
    one = measured.indicator(division)
    heads = "구분\t지표\t배점\t산식\t목표\t대응 방안\n"
    block = heads + '항목\t지표\t12\t높을수록 좋음\t1,500\t"첫째\n둘째"\n항목\t새 지표\t8\t이행 여부\t\t\n'
    shown, saved = confirmed(planner, division, block=block)
    page = unescape(shown.content.decode())
    assert "지표 · 목표: 100 → 1500" in page
    assert "새 지표 · 배점: – → 8" in page
    assert saved.status_code == 302
    one.refresh_from_db()
    assert (one.target, one.weight, one.response) == (1500, 12, "첫째\n둘째")
    assert division.indicators.get(name="새 지표").shape == Shape.YES


def test_i3_a_block_without_heads_begins_where_one_says(planner: Client, division: Division) -> None:
    rows = measured.written(division, [{**MEASURED, "name": f"지표 {n}"} for n in range(3)])
    _shown, saved = confirmed(
        planner, division, block="11\t점\n12\t곳", first=str(rows[1].pk), column="weight"
    )
    assert saved.status_code == 302
    assert [(one.weight, one.unit) for one in division.indicators.order_by("order")] == [
        (10, "건"),
        (11, "점"),
        (12, "곳"),
    ]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("", "붙여 넣은 내용이 없습니다"),
        ("번호\t지표\n999999\t남의 지표", "이 표의 지표가 아닙니다"),
        ("지표\t지표\nㄱ\tㄴ", "두 번 있습니다"),
        ("지표\t목표\n지표\t0", "0보다 커야"),
        ("지표\t목표\n지표\t많이", "숫자만"),
        ("지표\t목표\n지표\t100", "바뀌는 칸이 없습니다"),
        ("지표\t목표\n" + "\n".join(f"새 지표 {n}\t{n}" for n in range(400)), "300줄"),
        ("\t".join("x" * 40), "열이 표보다 많습니다"),
    ],
)
def test_i3_a_block_that_will_not_do_saves_nothing(
    planner: Client, division: Division, block: str, words: str
) -> None:
    measured.indicator(division)
    answer = paste(planner, division, block=block)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert division.indicators.count() == 1


def test_i3_the_workbook_comes_back_as_it_went_and_changed_cells_alone_change(
    planner: Client, division: Division
) -> None:
    measured.tree(division)
    measured.written(
        division,
        [
            {**MEASURED, "name": "=1+1", "target": "12.5", "p6": "5", "p12": "12.5"},
            {**MEASURED, "name": "구간", "shape": Shape.STEPS, "target": "", "terms": "80:50, 100:100"},
        ],
    )
    url = reverse("incentives:indicators_excel", args=[division.pk])
    content = planner.get(url).content
    same = SimpleUploadedFile("지표.xlsx", content)
    assert "바뀌는 칸이 없습니다" in paste(planner, division, book=same).content.decode()
    book = load_workbook(io.BytesIO(content))
    lines = book.worksheets[0]
    heads = [cell.value for cell in lines[1]]
    row = next(
        n for n in range(2, lines.max_row + 1) if lines.cell(n, heads.index("지표") + 1).value == "=1+1"
    )
    lines.cell(row, heads.index("목표") + 1).value = 40
    target = io.BytesIO()
    book.save(target)
    changed = SimpleUploadedFile("지표.xlsx", target.getvalue())
    shown, saved = confirmed(planner, division, book=changed)
    assert "=1+1 · 목표: 12.5 → 40" in shown.content.decode()
    assert saved.status_code == 302
    assert division.indicators.get(name="=1+1").target == 40


def test_i3b_a_value_is_told_doubted_and_corrected(planner: Client, division: Division) -> None:
    one = measured.indicator(division)
    new = reverse("incentives:value_new", args=[one.pk])
    evidence = SimpleUploadedFile("통계.txt", "유월 통계".encode())
    told = {"as_of": "2026-06-20", "value": "1,000", "source": "월간 통계", "attachments": evidence}
    assert planner.post(new, told).status_code == 302
    asked = planner.post(new, {"as_of": "2026-06-27", "value": "900"})
    assert asked.status_code == 422
    assert "줄었습니다" in asked.content.decode()
    assert planner.post(new, {"as_of": "2026-06-27", "value": "900", "sure": "on"}).status_code == 302
    old = Value.objects.get(value=900)
    correct = reverse("incentives:value_correct", args=[old.pk])
    right = {"as_of": "2026-06-27", "value": "1100", "reason": "빠진 동을 더함"}
    assert planner.post(correct, {**right, "reason": ""}).status_code == 422
    assert planner.post(correct, right).status_code == 302
    page = planner.get(one.get_absolute_url()).content.decode()
    for words in (
        "<del>900건</del>",
        "1,100건",
        "빠진 동을 더함",
        "통계.txt",
        "월간 통계",
        "11 → 상한 100% → 배점 10 × 1 = 10",
    ):
        assert words in page, words


def test_i3_scores_open_their_arithmetic_and_print(planner: Client, division: Division) -> None:
    one, *_rest = measured.tree(division, weight="12")
    measured.known(one, "88", DAY)
    url = reverse("incentives:scores", args=[division.pk])
    page = planner.get(url).content.decode()
    assert "88 ÷ 100 = 0.88 → 배점 12 × 0.88 = 10.56" in page
    assert "배점 36 실적 없음" in page
    paper = reverse("incentives:scores_paper", args=[division.pk])
    assert "10.56" in planner.get(paper).content.decode()
    for fmt in ("hwpx", "xlsx"):
        assert planner.get(f"{paper}?format={fmt}").content[:2] == b"PK"
    assert "지표" in planner.get(division.get_absolute_url()).content.decode()


def test_i3a_the_map_shows_each_indicator_in_words_and_leads_to_it(
    planner: Client, division: Division
) -> None:
    weak, fine, *_rest = measured.tree(division)
    measured.known(weak, "20", DAY)
    measured.known(fine, "60", DAY)
    url = reverse("incentives:heat")
    page = planner.get(url).content.decode()
    assert f'href="{weak.get_absolute_url()}"' in page
    assert f"{weak.name}: 부진, 목표 경로의 40" in page
    assert f"{fine.name}: 순조" in page
    assert "무엇을 먼저 할까" in page
    other = make.DepartmentFactory()
    assert weak.name not in planner.get(f"{url}?kind=single").content.decode()
    assert planner.get(f"{url}?department={other.pk}&kind=nonsense").status_code == 200
    assert weak.name not in planner.get(f"{url}?year=2020").content.decode()
    for fmt in ("hwpx", "xlsx"):
        assert planner.get(f"{url}?format={fmt}").content[:2] == b"PK"


def test_i3a_the_list_shows_the_weak_alone(planner: Client, division: Division) -> None:
    weak, fine, missing, *_rest = measured.tree(division)
    measured.known(weak, "20", DAY)
    measured.known(fine, "60", DAY)
    listing = reverse("incentives:indicator_list")
    for standing, one in (("weak", weak), ("missing", missing)):
        page = planner.get(f"{listing}?standing={standing}").content.decode()
        assert one.name in page
        assert fine.name not in page
    lines = download(planner, "incentives:indicator_list", "standing=weak")
    assert [line[0].value for line in lines[1:]] == [weak.name]


def test_i3_whoever_has_no_part_reads_and_writes_nothing(client: Client, division: Division) -> None:
    one = measured.indicator(division)
    client.force_login(make.UserFactory())
    page = client.get(table(division)).content.decode()
    assert "지표" in page
    assert "<textarea" not in page
    assert client.post(table(division), {f"r{one.pk}-was": "x", f"r{one.pk}-name": "남"}).status_code == 403
    assert client.get(table(division, "odd")).status_code == 404


def test_i3_odd_keys_of_a_form_are_ignored(planner: Client, division: Division) -> None:
    one = measured.indicator(division)
    odd = {
        "r²-was": "x",
        "r-1-was": "x",
        f"r{'9' * 30}-was": "x",
        "r999999-was": "x",
        "x1-was": "x",
        f"r{one.pk}-was": "x",
        f"r{one.pk}-p1": "\x00",
        f"r{one.pk}-version": "²",
    }
    assert planner.post(table(division), odd).status_code in (302, 422)
    assert planner.post(table(division), {"row": "r999", **odd}).status_code in (404, 422)
    assert planner.post(table(division), {"move": "up:²"}).status_code == 404


@pytest.mark.parametrize("name", ["heat", "indicator_list"])
def test_i3a_as_many_questions_for_many_projects_as_for_one(client: Client, name: str) -> None:
    client.force_login(make.UserFactory())
    url = reverse(f"incentives:{name}")

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    def fill(leaves: int) -> None:
        found = made.division(title=f"사업 {Division.objects.count()}")
        for one in measured.tree(found, leaves):
            measured.known(one, "10", DAY)

    fill(2)
    first = asked()
    for _n in range(4):
        fill(6)
    assert asked() == first


def test_i3_the_levels_of_the_table_are_all_there(planner: Client, division: Division) -> None:
    measured.tree(division)
    page = planner.get(table(division)).content.decode()
    assert [f"level-{n}" in page for n in range(3)] == [True] * 3
    assert page.count('scope="row"') == 7 + 3
    for label in ("세부 1-1 · 목표", "새 줄 1 · 지표"):
        assert f'aria-label="{label}"' in page
    assert Level.DETAIL in fields(planner, table(division)).values()

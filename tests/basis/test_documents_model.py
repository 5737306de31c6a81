import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from basis.documents import model
from basis.documents.grid import place
from basis.documents.model import (
    Cell,
    Chart,
    Column,
    Document,
    HeadCell,
    Heading,
    Paragraph,
    Series,
    Table,
    row,
)
from tests.basis.report_samples import MADE_ON, b9_table, chart, document, everything

COLUMNS = (Column("가"), Column("나", "int"))

# ---------------------------------------------------------------------------------------------- spans


@pytest.mark.parametrize(
    "rows",
    [
        ((Cell(1),),),  # a gap
        (row(1, 2, 3),),  # too many
        ((Cell(1, colspan=3),),),  # too wide
        ((Cell(1, rowspan=2), Cell(2)),),  # reaches below the table
        ((Cell(1, rowspan=2), Cell(2)), row(3, 4)),  # does not fit beside the merged cell
        ((Cell(1), Cell(2, rowspan=2)), (Cell(3, colspan=2),)),  # overlap
        ((Cell(1, rowspan=2, colspan=2),), ()),  # a row without a cell of its own
    ],
)
def test_b9_spans_that_do_not_tile_are_refused(rows: Any) -> None:
    with pytest.raises(ValueError, match="표의"):
        Table(COLUMNS, rows)
    with pytest.raises(ValueError, match="표의"):
        Table(COLUMNS, (), totals=rows)


def test_b9_head_that_does_not_tile_is_refused() -> None:
    with pytest.raises(ValueError, match="표의 2번째 줄"):
        Table(COLUMNS, (), head_rows=((HeadCell("가"), HeadCell("나")), (HeadCell("다"),)))


def test_b9_head_places() -> None:
    table = b9_table()
    places = [[(p.row, p.column) for p in line] for line in place(table.heads, 6)]
    assert places == [[(0, 0), (0, 1), (0, 2), (0, 3)], [(1, 3), (1, 4), (1, 5)]]


Rectangle = tuple[int, int, int, int]


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[Rectangle]]:
    """A grid cut again and again into rectangles (row, column, height, width)."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    pieces = [(0, 0, height, width)]
    for _i in range(draw(st.integers(0, 8))):
        r, c, h, w = pieces.pop(draw(st.integers(0, len(pieces) - 1)))
        if h > 1 and draw(st.booleans()):
            cut = draw(st.integers(1, h - 1))
            pieces += [(r, c, cut, w), (r + cut, c, h - cut, w)]
        elif w > 1:
            cut = draw(st.integers(1, w - 1))
            pieces += [(r, c, h, cut), (r, c + cut, h, w - cut)]
        else:
            pieces.append((r, c, h, w))
    return height, width, sorted(pieces)


@settings(deadline=None)  # other processes share the machine
@given(tilings())
def test_b9_every_tiling_comes_back_where_it_was(tiling: tuple[int, int, list[Rectangle]]) -> None:
    height, width, pieces = tiling
    rows = [
        [Cell(None, colspan=w, rowspan=h) for r, _c, h, w in pieces if r == line] for line in range(height)
    ]
    if not all(rows):
        with pytest.raises(ValueError, match="시작하는 칸이 없습니다"):
            place(rows, width)
        return
    found = [(p.row, p.column, p.cell.rowspan, p.cell.colspan) for line in place(rows, width) for p in line]
    assert found == pieces


# ---------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "int"),
        (1.5, "int"),
        (Decimal("0.5"), "money"),
        (float("nan"), "decimal"),
        (Decimal("Infinity"), "decimal"),
        (MADE_ON, "int"),
        (3, "date"),
        (dt.datetime(2026, 11, 20, tzinfo=dt.UTC), "date"),
        ([1], "text"),
    ],
)
def test_values_that_cannot_be_written_are_refused(value: Any, kind: Any) -> None:
    with pytest.raises(ValueError, match=r"쓸 수 없|유한한|날짜"):
        Table((Column("가", kind),), ((Cell(value),),))
    with pytest.raises(ValueError, match=r"쓸 수 없|유한한|날짜"):
        model.Entry("가", value, kind)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example/", "data:text/html,x", "x", "/a b"])
def test_addresses_other_than_web_pages_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="주소"):
        Cell(1, url=url)
    with pytest.raises(ValueError, match="주소"):
        model.Figure("가", 1, url=url)


@pytest.mark.parametrize("url", ["", "/", "/cases/?year=2015", "https://news.example/1"])
def test_web_addresses_are_kept(url: str) -> None:
    assert Cell(1, url=url).url == url


@pytest.mark.parametrize(
    "make",
    [
        lambda: Heading("가", 4),
        lambda: Paragraph("가", "box"),
        lambda: Column("가", "time"),
        lambda: Column("가", width=0),
        lambda: Cell(1, colspan=0),
        lambda: Table((), ()),
        lambda: Table(COLUMNS, ((1, 2),)),
        lambda: chart("pie"),
        lambda: Chart("bar", ("가",), ()),
        lambda: Chart("bar", ("가",), (Series("나", (1, 2)),)),
        lambda: Chart("bar", ("가",), (Series("나", ("1",)),)),
        lambda: Chart("stacked", ("가",), (Series("나", (-1,)),)),
        lambda: model.KeyValues(()),
        lambda: document(title=" "),
        lambda: document("제목"),  # type: ignore[arg-type]  # of many kinds, on purpose
        lambda: Document("가", "나", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), ()),
    ],
)
def test_parts_that_cannot_be_drawn_are_refused(make: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()


def test_texts_are_cleaned_of_what_files_cannot_hold() -> None:
    text = Paragraph("a\x00\x08b\x1f\ud800c\uffffd\r\ne\tf漢😀").text
    assert text == "abcd\ne\tf漢😀"


def test_texts_become_plain() -> None:
    for text in (mark_safe("<b>"), gettext_lazy("합계")):
        assert type(Heading(text).text) is str


def test_chart_gives_its_figures_as_a_table() -> None:
    table = chart().table()
    assert [[cell.value for cell in line] for line in table.rows] == [
        ["2013", 10, 23],
        ["2014", 4, 21],
        ["2015", 3, 31],
    ]
    assert [column.kind for column in table.columns] == ["text", "int", "int"]


# ------------------------------------------------------------------------------------------------ JSON

texts = st.text(max_size=20)
numbers = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6),
    st.decimals(-(10**6), 10**6, places=2),
)
plain_cells = st.one_of(texts, numbers, st.dates())


def cells(kind: str) -> st.SearchStrategy[Cell]:
    value = {"text": plain_cells, "date": st.dates() | st.none(), "int": st.integers() | texts}.get(
        kind, numbers
    )
    return st.builds(
        Cell, value, emphasis=st.booleans(), url=st.sampled_from(["", "/a/", "https://b.example/"])
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    kinds = draw(
        st.lists(st.sampled_from(["text", "int", "decimal", "percent", "date"]), min_size=1, max_size=4)
    )
    lines = st.lists(st.tuples(*(cells(kind) for kind in kinds)), max_size=3)
    columns = tuple(Column(draw(texts), kind, width=draw(st.floats(0.1, 9))) for kind in kinds)  # type: ignore[arg-type]  # of many kinds, on purpose
    return Table(columns, draw(lines), caption=draw(texts), unit=draw(texts), totals=draw(lines))


charts = st.builds(
    lambda kind, values: Chart(kind, [f"항목 {i}" for i in range(len(values))], [Series("계열", values)]),
    st.sampled_from(["bar", "line"]),
    st.lists(numbers, max_size=4),
)
blocks = st.one_of(
    st.builds(Heading, texts, st.sampled_from([1, 2, 3])),
    st.builds(Paragraph, texts, st.sampled_from(["body", "note", "bullet"])),
    st.builds(model.Figures, st.lists(st.builds(model.Figure, texts, plain_cells, kind=st.just("text")))),
    st.builds(model.KeyValues, st.just([[model.Entry("가", Decimal("1.10"), "decimal")]])),
    st.just(model.PageBreak()),
    st.builds(model.SignatureLine, st.lists(st.builds(model.Signer, texts, texts))),
    tables(),
    charts,
)
documents = st.builds(
    Document,
    title=texts.filter(lambda text: Paragraph(text).text.strip() != ""),
    office=texts,
    made_on=st.dates(),
    blocks=st.lists(blocks, max_size=4),
    subtitle=texts,
    orientation=st.sampled_from(["portrait", "landscape"]),
)


@settings(max_examples=60, deadline=None)
@given(documents)
def test_r2_stored_documents_come_back_equal(original: Document) -> None:
    stored = json.loads(json.dumps(original.to_json(), allow_nan=False))
    again = Document.from_json(stored)
    assert again == original
    assert again.to_json() == stored


def test_r2_json_shows_the_figures_plainly() -> None:
    data = everything().to_json()
    table = next(block for block in data["blocks"] if block["type"] == "Table")
    assert table["rows"][1] == [2014, 25, 4, 21, 13, 8]
    assert table["rows"][0][1] == {"type": "Cell", "value": 34, "url": "/benchmarking/?year=2015"}
    assert data["made_on"] == {"type": "date", "value": "2026-11-20"}


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [],
        {"type": "Heading", "text": "가"},
        {"type": "Document", "title": "가"},
        {"type": "Nothing"},
        {**document().to_json(), "colour": "red"},
        {**document().to_json(), "made_on": "2026-11-20"},
        {**document().to_json(), "blocks": [{"type": "decimal", "value": "x"}]},
        {**document().to_json(), "blocks": [{"type": "Part"}]},
    ],
)
def test_r2_data_that_is_no_document_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        Document.from_json(data)

"""Finding by words in texts: slips of the throwaway process and saved filters stand for what a process has."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basis.folding import dense, dense_places
from core import attachments
from core.actors import SYSTEM
from core.finding import database, passages, search
from core.finding.index import FOUND, Findable, Told
from core.finding.words import Words
from core.models import Passage, Place
from tests.throwaway.models import Slip

pytestmark = pytest.mark.dialect

DAY = date(2026, 6, 1)
TOLD: dict[int, Told] = {}
SLIPS = Findable(Slip, lambda slip: TOLD.get(slip.pk) or Told(slip.title, DAY))


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    TOLD.clear()
    yield
    TOLD.clear()


def post(title: str, body: str = "", tags: Iterable[str] = (), **more: Any) -> Slip:
    slip = Slip.objects.create(title="회신표")
    TOLD[slip.pk] = Told(title, more.pop("day", DAY), tuple(tags), body, **more)
    SLIPS.index([slip])
    return slip


def find(words: str, among: Any = None, **more: int) -> list[int]:
    result = SLIPS.find(words, Slip.objects.all() if among is None else among, **more)
    assert more or result.total == len(result.found)
    return [one.pk for one in result.found]


# ------------------------------------------------------------------------------------------- what is found


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["title", "body", "tags"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("거주자우선주차구역 배정", "주차"),
        ("거주자우선주차구역 배정", "거주자 우선 주차"),
        ("거주자우선주차구역 배정", "우선주차구역배정"),
        ("거주자 우선 주차 구역", "거주자우선주차구역"),
        ("거주자·우선(주차)", '"거주자 우선 주차"'),
        ("○○동주민센터 이전", "동주민센터"),
        ("청년 창업 지원", "청년 창업"),
        ("청년들의 첫 창업", "창업 청년"),
        ("청년들의 첫 창업", unicodedata.normalize("NFD", "창업")),
        (unicodedata.normalize("NFD", "청년들의 첫 창업"), "창업"),
        ("ＣＣＴＶ 설치", "cctv"),
        ("CCTV 설치", "ｃｃｔｖ"),
        ("사무실 oﬃce 이전", "office"),
        ("점자ㆍ음성 안내", "점자음성"),
        ("ΟΔΟΣ ΑΒ", "οδοσαβ"),
        ("2026년 3월", "6년3"),
        ("C:\\문서 100%_완료", "100%_"),
    ],
)
def test_a_word_is_found_wherever_it_stands(text: str, words: str, place: str) -> None:
    post("다른 글", "다른 본문", ["다른 꼬리표"])
    told: dict[str, Any] = {"title": "제목", place: [text] if place == "tags" else text}
    one = post(**told)
    assert find(words) == [one.pk]


@pytest.mark.django_db
def test_each_word_must_be_found_in_the_thing_and_none_across_two_texts() -> None:
    one = post("청년 지원", "창업 자금 안내")
    post("청년 지원", "주거 안내")
    assert find("청년 창업") == [one.pk]
    assert find("지원창업") == []
    assert find("자금안내청년") == []


@pytest.mark.django_db
def test_a_text_with_all_pairs_of_a_word_and_not_the_word_is_not_found() -> None:
    post("주차 차구", "차구 주차")
    assert find("주차구") == []
    assert len(find("주차차구")) == 1


@pytest.mark.django_db
def test_words_of_one_syllable_are_found_in_titles_and_tags_only() -> None:
    title, tag = post("옷 나눔"), post("나눔", tags=["헌옷"])
    post("나눔", "헌 옷 수거함")
    assert set(find("옷")) == {title.pk, tag.pk}
    assert find("옷 나눔")[0] == title.pk
    assert len(find("헌 옷")) == 2, "as one it stands in the body"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            " ",
            "%",
            "_",
            "'",
            '"',
            '""',
            "*",
            "…·!?()",
            "\0",
            "\ud800",
            "NEAR",
            "OR",
            "a" * 100,
            "가 " * 90,
        ),
        *("- 주차", '"주차', "주차*", "주차 AND", "pairs:주차", "'; DROP TABLE core_passage; --"),
        *("😀", "😀😀", "ᄀ", "𠀀𠀁"),
    ],
)
def test_odd_words_find_what_holds_them_and_harm_nothing(words: str) -> None:
    one, two = post("주차 😀😀 𠀀𠀁"), post("다른 글")
    expected = [one.pk] if words in ("- 주차", '"주차', "주차*", "𠀀𠀁") else []
    assert find(words) == expected
    assert find("다른") == [two.pk]


@pytest.mark.django_db
def test_texts_with_what_no_database_takes_are_kept_without_it() -> None:
    one = post("주\0차", "가\ud800나", ["\0"])
    assert find("주차") == [one.pk]
    assert find("가나") == [one.pk]


ALPHABET = st.sampled_from("가나각ab1 ·ﬁＡΣ각")
FEW = st.sampled_from("가나 ")  # of which most texts have all pairs of any word
TEXT = st.text(ALPHABET, max_size=90) | st.text(FEW, max_size=20)
ASKED = st.text(ALPHABET, max_size=8) | st.text(FEW, max_size=8)


def holds(told: Told, words: Words) -> bool:
    short = [dense(text) for text in (told.title, *told.tags)]
    every = [*short, dense(told.body)]
    each = all(any(word in text for text in (short if len(word) == 1 else every)) for word in words.each)
    return each or bool(words.whole and any(words.whole in text for text in every))


@pytest.mark.django_db(transaction=True)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    told=st.lists(
        st.builds(Told, TEXT, st.just(DAY), st.lists(TEXT, max_size=2), TEXT), min_size=1, max_size=6
    ),
    asked=st.lists(ASKED, min_size=1, max_size=5),
    length=st.integers(3, 40),
)
def test_exactly_what_holds_the_words_is_found(
    monkeypatch: pytest.MonkeyPatch, told: list[Told], asked: list[str], length: int
) -> None:
    """However long texts are cut, and however often they are written."""
    monkeypatch.setattr(passages, "LENGTH", length)
    monkeypatch.setattr(passages, "LONGEST", 16)  # as long as what is asked for gets
    Slip.objects.all().delete()
    Passage.objects.all().delete()
    slips = Slip.objects.bulk_create(Slip(title=str(n)) for n in range(len(told)))
    for shift in (1, 0):
        TOLD.update({slip.pk: told[n - shift] for n, slip in enumerate(slips)})
        SLIPS.index(slips)
    for text in asked:
        words = Words.of(text)
        expected = {slip.pk for slip in slips if words and holds(TOLD[slip.pk], words)}
        assert set(find(text)) == expected


@pytest.mark.django_db
def test_what_stands_far_apart_without_a_letter_between_is_found_over_a_seam(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passages, "LENGTH", 10)
    one = post("글", "가나다라마바사아청년" + " · " * 300 + "창업" + " 다른 말" * 200)
    assert Passage.objects.filter(place=Place.BODY).count() > 10
    assert find("청년창업") == [one.pk]


# --------------------------------------------------------------------------------------------- in what order


@pytest.fixture(params=[1, 100])
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much of the order is looked at closely."""
    monkeypatch.setattr(search, "BLOCK", request.param)


@pytest.mark.django_db
def test_titles_come_before_tags_bodies_and_names_of_files(block: None) -> None:
    """The oldest first: day alone would turn them around."""
    made = [
        post("거주자우선주차", day=DAY - timedelta(days=30)),
        post("가", tags=["주차"], day=DAY - timedelta(days=20)),
        post("나", "주차", day=DAY - timedelta(days=10)),
        (named := post("다")),
    ]
    attachments.attach(named, [ContentFile(b"1", "주차.txt")], actor=SYSTEM)
    SLIPS.index([named])
    assert find("주차") == [slip.pk for slip in made]
    places = [one.place for one in SLIPS.find("주차", Slip.objects.all()).found]
    assert places == [Place.TITLE, Place.TAGS, Place.BODY, Place.FILE_NAME]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "better", "worse"),
    [
        ("주차", "주차 안내", "불법주정차주차단속"),
        ("주차", "주차장 안내", "거주자주차"),
        ("청년 창업", "청년 창업 지원", "창업 지원을 받는 청년"),
        ("청년 창업", "창업하는 청년", "청년 " + "가나다라 " * 15 + "창업"),
        ("주차", "주차 단속과 주차 요금", "주차 단속과 보육 요금"),
    ],
)
@pytest.mark.parametrize("place", ["title", "body"])
def test_what_comes_nearer_to_what_was_typed_comes_first(
    words: str, better: str, worse: str, place: str
) -> None:
    a = post(**{"title": "제목", place: better}, day=DAY - timedelta(days=1))  # type: ignore[arg-type]
    b = post(**{"title": "제목", place: worse})  # type: ignore[arg-type]
    assert find(words) == [a.pk, b.pk]


@pytest.mark.django_db
def test_what_holds_no_longer_comes_later_and_the_newer_before_the_older(block: None) -> None:
    old, new = post("주차 안내", day=DAY - timedelta(days=900)), post("주차 안내")
    gone, doubtful = post("주차 안내", weight=20), post("주차 안내", weight=60)
    assert find("주차") == [new.pk, old.pk, doubtful.pk, gone.pk]
    SLIPS.weigh([(gone.pk, 100, DAY + timedelta(days=1)), (new.pk, 10, DAY)])
    assert find("주차") == [gone.pk, old.pk, doubtful.pk, new.pk]


@pytest.mark.django_db
def test_pages_follow_each_other_and_tell_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "BLOCK", 4)
    for n in range(11):
        post(f"{'주차' if n % 2 else '불법주차'} {n}", day=DAY + timedelta(days=n))
    rows = Slip.objects.all()
    pages = [SLIPS.find("주차", rows, 3, offset) for offset in range(0, 15, 3)]
    assert [page.total for page in pages] == [11] * 5
    keys = [one.pk for page in pages for one in page.found]
    assert len(keys) == len(set(keys)) == 11
    assert keys == [one.pk for one in SLIPS.find("주차", rows, 11).found]
    assert SLIPS.find("주차", rows, 3, 100) == (11, ())


# ------------------------------------------------------------------------------------------ for whom, at what cost


@pytest.mark.django_db
def test_what_one_may_not_see_is_neither_found_nor_counted() -> None:
    mine, hidden = post("주차"), post("주차 단속")
    assert find("주차", Slip.objects.exclude(pk=hidden.pk)) == [mine.pk]
    assert find("주차", Slip.objects.none()) == []
    assert find("주차", Slip.objects.filter(title__contains="%").order_by("title")) == []
    some = Slip.objects.filter(sent_on__lte=date(2100, 1, 1), title__in=["회신표", "%s"]).exclude(
        pk=hidden.pk
    )
    assert find("주차", some.distinct()) == [mine.pk]
    hidden.delete()
    assert find("주차") == [mine.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("crowd", [1, 150])
def test_a_search_asks_twice_however_many_there_are(crowd: int, django_assert_num_queries: Any) -> None:
    for n in range(crowd):
        post(f"주차 {n}", "거주자 우선 주차")
    SLIPS.kind()
    for words in ("주차", "거주자 우선 주차"):
        with django_assert_num_queries(2):
            assert len(find(words, limit=20)) == min(20, crowd)
    with django_assert_num_queries(2):
        SLIPS.find("주차", Slip.objects.all(), 20, 1000)


# ------------------------------------------------------------------------------------------------- the place shown


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("거주자 우선 주차구역을 배정", "우선주차", ["우선 주차"]),
        ("사무실 oﬃce", "fic", ["ﬃc"]),
        ("ＣＣＴＶ 설치", "cctv", ["ＣＣＴＶ"]),
        (unicodedata.normalize("NFD", "첫 창업"), "창업", [unicodedata.normalize("NFD", "창업")]),
        ("㎡당 ㈜가람 ①②", "주가람12", ["㈜가람 ①②"]),
        ("청년과 창업", "청년 창업", ["청년", "창업"]),
        ("<b>주차</b>", "b주차b", ["b>주차</b"]),
        ("없는 말", "주차", []),
        ("", "주차", []),
        ("İstanbul", "istan", ["İstan"]),
    ],
)
def test_what_was_found_is_marked_in_the_text_as_it_was_written(
    text: str, words: str, hits: list[str]
) -> None:
    pieces = Words.of(words).pieces(text, around=None)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.hit] == hits


@given(st.text(st.one_of(ALPHABET, st.characters()), max_size=40), st.integers(0, 40), st.integers(1, 6))
@settings(max_examples=300, deadline=None)
def test_positions_survive_the_folding(text: str, begin: int, length: int) -> None:
    found, begins, ends = dense_places(text)
    assert found == dense(text)
    assert len(found) == len(begins) == len(ends)
    if word := found[begin : begin + length]:
        shown = text[begins[begin] : ends[begin + len(word) - 1]]
        assert word in dense(shown)
        hits = [piece.text for piece in Words((word,), "").pieces(text, around=None) if piece.hit]
        assert any(word in dense(hit) for hit in hits)


@pytest.mark.django_db
def test_of_a_long_text_the_place_is_shown_with_what_stands_around_it() -> None:
    post("글", "앞말 " * 3000 + "거주자 우선 주차구역을 나눕니다 " + "뒷말 " * 3000)
    (one,) = SLIPS.find("거주자 우선주차", Slip.objects.all()).found
    shown = "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in one.pieces)
    assert (one.place, one.file) == (Place.BODY, None)
    assert "앞말 [거주자 우선 주차]구역을 나눕니다 뒷말" in shown
    assert len(shown) < 200


# ---------------------------------------------------------------------------------------------------- the index


@pytest.mark.django_db
def test_a_changed_text_is_found_by_its_new_words_only() -> None:
    one = post("옥상텃밭 분양", "상자", ["도시농업"])
    TOLD[one.pk] = Told("여권 배송", DAY)
    SLIPS.index([one])
    assert [find(words) for words in ("텃밭", "상자", "도시농업", "여권")] == [[], [], [], [one.pk]]
    SLIPS.forget([one.pk])
    assert find("여권") == []


@pytest.mark.django_db
def test_the_index_is_made_anew() -> None:
    gone, changed, *_same = [post(title) for title in ("체납 차량", "옥상 녹화", "옥상텃밭", "공유 주차")]
    Slip.objects.filter(pk=gone.pk).delete()
    TOLD[changed.pk] = Told("여권", DAY)
    with FOUND.only(SLIPS):
        call_command("index_texts", "throwaway.slip", stdout=(told := StringIO()))
        assert "3건" in told.getvalue()
        assert (find("여권"), find("녹화"), len(find("옥상"))) == ([changed.pk], [], 1)
        call_command("index_texts", stdout=StringIO())
    assert Passage.objects.count() == 3
    assert (find("여권"), len(find("옥상")), len(find("주차"))) == ([changed.pk], 1, 1)


@pytest.mark.django_db
def test_the_database_keeps_its_index_over_a_migration() -> None:
    one = post("주차")
    emit_pre_migrate_signal(0, False, connection.alias)
    emit_post_migrate_signal(0, False, connection.alias)
    database.make()
    two = post("주차장")
    assert set(find("주차")) == {one.pk, two.pk}
    Passage.objects.filter(object_id=two.pk).update(text="여권", dense="여권")
    assert (find("주차"), find("여권")) == ([one.pk], [two.pk])

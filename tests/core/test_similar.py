"""Similar texts: one's saved filters stand for any kind of thing that has a text and is not everybody's to see."""

import re
import unicodedata
from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from core import similar
from core.models import Gram, SavedFilter
from core.similar import Texts
from organization.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.dialect

LABELS = Texts(SavedFilter, "label", frozenset(["사업", "추진", "운영"]), re.compile(r"20\d\d년"))
ALL = SavedFilter.objects.all()


def save(labels: Iterable[str], owner: User | None = None) -> list[SavedFilter]:
    owner = owner or UserFactory()
    made = SavedFilter.objects.bulk_create(SavedFilter(owner=owner, path="/", label=text) for text in labels)
    LABELS.index(made)
    return made


def found(text: str, among: Any = ALL, **limit: int) -> list[int]:
    return [thing.pk for thing in LABELS.find(text, among.all(), **limit)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2016년 옥상 텃밭 분양 사업 추진", "옥상텃밭분양"),
        ("[옥상텃밭] 분양!", "옥상텃밭분양"),
        ("LED 보안등", "led보안등"),
        (unicodedata.normalize("NFD", "옥상 텃밭"), "옥상텃밭"),
        ("사업 추진", "사업추진"),
        ("·…", ""),
    ],
)
def test_what_tells_the_thing_is_kept(typed: str, kept: str) -> None:
    assert LABELS.normalize(typed) == kept


def test_grams_are_character_bigrams() -> None:
    assert LABELS.grams("옥상 텃밭 운영") == {"옥상", "상텃", "텃밭"}
    assert LABELS.grams("책") == {"책"}
    assert LABELS.grams("…") == frozenset()


def test_the_score_goes_from_nothing_to_the_same() -> None:
    assert LABELS.score("옥상 텃밭 분양", "옥상텃밭 분양 사업") == 1
    assert LABELS.score("옥상 텃밭 분양", "CCTV") == 0
    assert LABELS.score("…", "…") == 0


def test_a_mistyped_syllable_costs_little() -> None:
    assert LABELS.score("공공 자전거 무인 대여소", "공공자전거 무인대여서") > 0.8


@pytest.mark.django_db
def test_the_most_alike_come_first_and_no_more_than_asked_for() -> None:
    same, near, other = save(["옥상텃밭 분양", "옥상텃밭 상자 분양", "옥상 녹화 지원"])
    assert found("2016년 옥상 텃밭 분양 사업") == [same.pk, near.pk, other.pk]
    assert LABELS.find("옥상 텃밭 분양", ALL.all())[0].score == 1
    assert found("옥상텃밭 분양", limit=1) == [same.pk]
    assert found("옥상텃밭 분양", ALL.exclude(pk=same.pk)) == [near.pk, other.pk]
    assert found("…") == []
    assert found("여권 등기우편") == []


@pytest.mark.django_db
def test_hidden_things_do_not_crowd_out_visible_ones() -> None:
    """However many, and although each of them is more alike."""
    mine, others = UserFactory(), UserFactory()
    (own,) = save(["옥상텃밭 상자 분양"], mine)
    hidden = SavedFilter.objects.bulk_create(
        SavedFilter(owner=others, path=f"/{n}/", label="옥상텃밭 분양") for n in range(similar.FIRST)
    )
    LABELS.index(hidden)
    assert own.pk not in found("옥상텃밭 분양")
    assert found("옥상텃밭 분양", SavedFilter.objects.visible_to(mine)) == [own.pk]
    assert len(found("옥상텃밭 분양", SavedFilter.objects.visible_to(others))) == 5


@pytest.mark.django_db
def test_a_changed_text_is_found_by_its_new_words_only() -> None:
    (one,) = save(["옥상텃밭 분양"])
    one.label = "여권 등기우편 배송"
    one.save()
    LABELS.index([one])
    assert found("옥상텃밭 분양") == []
    assert found("여권 우편 배송") == [one.pk]
    one.label = "……"
    one.save()
    LABELS.index([one])
    assert not Gram.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("crowd", [0, 300])
def test_a_look_up_takes_three_queries_however_many_there_are(
    crowd: int, django_assert_num_queries: Any
) -> None:
    save([*(f"옥상텃밭 {n}" for n in range(crowd)), "옥상텃밭 분양"])
    with django_assert_num_queries(3):
        found("주민 옥상텃밭 분양 안내")


@pytest.mark.django_db
def test_the_index_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "BATCH", 2)
    gone, changed, *_same = save(["체납 차량", "옥상 녹화", "옥상텃밭", "공유 주차", "여권 배송"])
    before = set(Gram.objects.exclude(object_id__in=[gone.pk, changed.pk]).values_list("object_id", "gram"))
    gone.delete()
    SavedFilter.objects.filter(pk=changed.pk).update(label="책")
    Gram.objects.filter(gram="주차").delete()
    with similar.TEXTS.only(LABELS):
        call_command("index_texts", "core.savedfilter", stdout=(told := StringIO()))
    assert set(Gram.objects.values_list("object_id", "gram")) == before | {(changed.pk, "책")}
    assert Gram.objects.count() == len(before) + 1
    assert "4건" in told.getvalue()


@pytest.mark.django_db
def test_rarity_counted_for_many_texts_together_finds_the_same() -> None:
    save(["공원 화장실 비상벨", "공원 화장실 조명", "도서관 예약", "주차장 예약"])
    wanted = ["공원 화장실 벨", "도서관 좌석 예약", "없는 말"]
    rarity = LABELS.rarity_of(wanted)
    for text in wanted:
        assert LABELS.find(text, ALL.all(), rarity=rarity) == LABELS.find(text, ALL.all())
    assert found("공원 화장실 벨"), "it must find something"

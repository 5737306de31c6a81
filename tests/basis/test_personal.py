"""What in a text tells who somebody is (P17): found in any spelling, masked, and nothing else taken for it."""

import re
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.personal import LABELS, Kind, find, mask

FULL_WIDTH = str.maketrans("0123456789-@", "０１２３４５６７８９－＠")
SPOKEN = str.maketrans("0123456789", "공일이삼사오육칠팔구")
PLANTED = [
    (Kind.RESIDENT, "900101-1234567"),  # a plausible day
    (Kind.RESIDENT, "9001011234568"),  # without a dash its check digit says it
    (Kind.RESIDENT, "201105-3123456"),  # given when there was no check digit any more
    (Kind.RESIDENT, "850505-5123454"),  # a foreigner's
    (Kind.CARD, "4111-1111-1111-1111"),
    (Kind.CARD, "9410 1234 5678 9010"),
    (Kind.CARD, "3782-822463-10005"),
    (Kind.CARD, "5555555555554444"),
    (Kind.MOBILE, "010-1234-5678"),
    (Kind.MOBILE, "01012345678"),
    (Kind.MOBILE, "010.1234.5678"),
    (Kind.MOBILE, "(010) 1234-5678"),
    (Kind.MOBILE, "0 1 0 - 1 2 3 4 - 5 6 7 8"),
    (Kind.MOBILE, "0 1 0 1 2 3 4 5 6 7 8"),
    (Kind.MOBILE, "+82 10-1234-5678"),
    (Kind.MOBILE, "016-123-4567"),
    (Kind.MOBILE, "010 – 1234 – 5678"),
    (Kind.MOBILE, "010\u200b1234\u200b5678"),
    (Kind.PHONE, "02-2104-1234"),
    (Kind.PHONE, "02)123-4567"),
    (Kind.PHONE, "0311234567"),
    (Kind.PHONE, "070-1234-5678"),
    (Kind.ACCOUNT, "110-123-456789"),
    (Kind.ACCOUNT, "123456-01-123456"),
    (Kind.ACCOUNT, "301-1234-5678-91"),
    (Kind.ACCOUNT, "3333-01-1234567"),
    (Kind.MAIL, "hong.gildong+a@mail.example.co.kr"),
    (Kind.MAIL, "hong @ example.com"),
]
WORDS = [
    "제안",
    "드립니다.",
    "연락처:",
    "김민수",
    "(구청",
    "담당)",
    "좋은\n생각",
    "3건",
    "그리고,",
    "제10조제2항",
]
around = st.lists(st.sampled_from(WORDS)).map(" ".join)


@pytest.mark.parametrize(("kind", "number"), PLANTED)
@pytest.mark.parametrize("spell", [str, lambda text: text.translate(FULL_WIDTH)])
def test_p17_each_kind_is_found_in_any_spelling(kind: Kind, number: str, spell: Callable[[str], str]) -> None:
    text = f"저는 김민수이고 {spell(number)}입니다"
    (one,) = find(text)
    assert one.kind is kind
    digits = re.sub(r"\D", "", spell(number))
    assert re.sub(r"\D", "", text[one.start : one.end]) == digits
    masked = mask(text)
    assert len(masked) == len(text)
    assert not re.search(r"\d", masked)
    assert masked.startswith("저는 김민수이고 ")
    assert masked.endswith("입니다")


def test_p17_spoken_digits_and_words_that_say_what_a_number_is() -> None:
    assert [one.kind for one in find("제 번호는 " + "01012345678".translate(SPOKEN) + " 번")] == [Kind.MOBILE]
    assert [one.kind for one in find("공일공 일이삼사 오육칠팔")] == [Kind.MOBILE]
    assert [one.kind for one in find("우리은행 계좌 1002123456789로")] == [Kind.ACCOUNT]
    assert find("관리번호 1002123456789") == []
    assert [one.kind for one in find("주민번호 9501011234567")] == [Kind.RESIDENT]
    assert find("상품 9501011234567") == []


@pytest.mark.parametrize(
    "text",
    [
        "기획예산과-1131(2015. 6. 29.)호와 관련됩니다.",
        "2015-06-29 14:00부터 2015. 7. 3.까지, 2026.11.29-2026.12.31",
        "예산 1,234,567,890원, 사업비 12,000천원",
        "「국민 제안 규정」 제10조제2항제3호, 법률 제12345호",
        "사업자등록번호 123-45-67890",
        "법인등록번호 110111-1234567",
        "상품 8801234567893",
        "ISBN 978-89-1234-567-8",
        "접수 20261129171633, 제2026-123호, 2026-11-0012345",
        "1234 5678 9012 3456",
        "4111-1111-1111-1112",
        "우편번호 07260, 37.5665, 126.9780",
        "990230-1234567",
        "@ 트위터 @seoul a@b 님, 1@2",
        "일이 이일이라 사오일 구이로 삼사십 명",
        "문의 120, 1588-1234",
        "표 10 20 30 40 50 60 70 80 90 100",
    ],
)
def test_p17_what_offices_write_every_day_is_left_alone(text: str) -> None:
    assert find(text) == []
    assert mask(text) == text


@given(around, st.lists(st.sampled_from(PLANTED), min_size=1, max_size=5), around)
def test_p17_several_among_words_are_all_found(
    before: str, planted: list[tuple[Kind, str]], after: str
) -> None:
    text = before + " / " + " / ".join(number for _kind, number in planted) + " / " + after
    found = find(text)
    assert [one.kind for one in found] == [kind for kind, _number in planted]
    assert all(one.end <= other.start for one, other in pairwise(found))
    for _kind, number in planted:
        assert number not in mask(text)


@given(st.text(alphabet="0123456789-. ()@+a가공일이\n０", max_size=200))
def test_p17_any_text_is_read_and_only_what_is_found_changes(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    covered = {place for one in find(text) for place in range(one.start, one.end)}
    assert all(masked[place] == text[place] or place in covered for place in range(len(text)))


@pytest.mark.parametrize(
    "piece",
    [
        "1-",
        "1 ",
        "0 1 0 - ",
        "1",
        "a",
        "a@",
        "@",
        "a.",
        "공",
        "공 ",
        "- ",
        "계좌1-",
        "02-123-",
        "(",
        "a@a.a-",
    ],
)
def test_p17_time_grows_with_the_text_alone(piece: str) -> None:
    def took(size: int) -> float:
        text = (piece * size)[:size]
        start = time.process_time()
        find(text)
        return time.process_time() - start

    # Ten times the text; squared, it would be a hundred. The best of three: other work of the machine is none of its.
    assert min(took(200_000) for _try in range(3)) < 50 * max(took(20_000), 0.02)


def test_every_kind_has_its_label() -> None:
    assert set(LABELS) == set(Kind)
    assert LABELS[Kind.MAIL] == "전자우편 주소"

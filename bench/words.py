"""The same made-up posts for our board and for another's beside it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

LENGTH, OPINIONS = 60, 3  # words of a post, opinions under each
WORDS = (
    "거주자우선주차 배정 과태료 의견진술 전입신고 세대열람 대형폐기물 수거 재산세 환급 체납 위반건축물 가설건축물 소음 "
    "악취 예방접종 식품위생 제설 수방 소상공인 전통시장 청년창업 도서관 당직 휴가 출장 수의계약 검수 지출 예산 "
    "정보공개 기록물 동주민센터 감사 확인 신청 접수 통보 결재 기한 서류 담당 팀장 연락 현장 점검 안내 절차 순서"
).split()


@dataclass(frozen=True)
class Written:
    title: str
    tags: str
    text: str
    opinions: tuple[str, ...]


def written(begin: int, end: int) -> Iterator[Written]:
    """The posts numbered from `begin` up to `end`, the same each time."""
    chance = random.Random(begin)  # noqa: S311  no secret

    def said(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words))

    for number in range(begin, end):
        opinions = tuple(said(10) for _n in range(OPINIONS))
        yield Written(f"{said(2)} {number}", said(2), said(LENGTH), opinions)

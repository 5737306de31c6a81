"""Earlier cases with a similar title, shown before a case is saved (B2).

Candidates come from an index of character bigrams (CaseGram), which works alike on SQLite and PostgreSQL;
they are ranked in Python by the letters (자모) they share, which forgives a mistyped syllable.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count

from benchmarking.models import Case, CaseGram

# Words that titles carry whatever the practice is. A title made of nothing else keeps them.
FILLERS = frozenset(
    """
    가 를 을 의 에 및 등 로 으로 위한 위해 통한 통해 대한 관련 활용 활용한 사업 추진 운영 실시 시행
    도입 구축 확대 강화 활성화 계획 설치 조성 제도 시스템 서비스 지원 제공 개최 우수사례 언론보도
    """.split()
)
# Stand-ins for an institution's name (○○시), years and half-years.
NOISE = re.compile(
    r"[○◯□△◇☆●■▲◆★]+\s*(?:특별시|광역시|시|군|구|도)?청?|(?:19|20)\d\d\s*(?:년도?)?|'\d\d\s*년?|[상하]반기"
)
QUOTES = str.maketrans("‘’′＇`", "'''''")
WORD = re.compile(r"[^\W_]+")

MAX_POSTINGS = 2000  # index entries read for one look-up; the rarest bigrams come first
MAX_CANDIDATES = 100  # titles fetched and ranked
INDEX_BATCH = 500  # cases indexed at a time


class Similar(NamedTuple):
    """An earlier case and how much its title resembles the one asked for: 0 (nothing) to 1 (the same)."""

    case_id: int
    score: float


def normalize(title: str) -> str:
    """What of a title tells the practice: without spaces, marks, years, stand-ins for names, fillers."""
    text = unicodedata.normalize("NFC", title).translate(QUOTES).lower()
    words = WORD.findall(NOISE.sub(" ", text))
    return "".join([word for word in words if word not in FILLERS] or words)


def grams(title: str) -> frozenset[str]:
    """Character bigrams of the normalised title; of a single character, that character."""
    return _pieces(normalize(title), 2)


def score(a: str, b: str) -> float:
    """How alike two titles are, 0 to 1: Dice coefficient of their letter trigrams."""
    return _dice(_letters(a), _letters(b))


def find_similar(title: str, limit: int = 5, exclude: int | None = None) -> list[Similar]:
    """The `limit` cases whose titles resemble `title` most, best first; `exclude` is the case's own id.

    Three queries. What counts as similar enough to warn is a policy of the caller's (SIMILAR_PERCENT).
    """
    found = CaseGram.objects.filter(gram__in=grams(title))
    frequency = dict(found.values_list("gram").annotate(n=Count("*")).order_by("n"))
    postings = CaseGram.objects.filter(gram__in=_rarest(frequency))
    if exclude is not None:
        postings = postings.exclude(case_id=exclude)
    matches = (
        postings.values_list("case_id").annotate(n=Count("*")).order_by("-n", "-case_id")[:MAX_CANDIDATES]
    )
    titles = Case.objects.filter(pk__in=[case_id for case_id, _ in matches]).values_list("pk", "title")
    letters = _letters(title)
    ranked = [Similar(pk, _dice(letters, _letters(earlier))) for pk, earlier in titles.order_by()]
    return sorted(ranked, key=lambda similar: (-similar.score, -similar.case_id))[:limit]


@transaction.atomic
def index_cases(cases: Iterable[Case]) -> None:
    """Write the bigrams of these cases' titles in place of the earlier ones."""
    waiting = iter(cases)
    while batch := list(islice(waiting, INDEX_BATCH)):
        CaseGram.objects.filter(case__in=batch).delete()
        CaseGram.objects.bulk_create(
            CaseGram(case_id=case.pk, gram=gram) for case in batch for gram in grams(case.title)
        )


def _rarest(frequency: dict[str, int]) -> list[str]:
    """The rarest bigrams whose index entries together stay under MAX_POSTINGS, at least one."""
    chosen: list[str] = []
    postings = 0
    for gram, count in frequency.items():
        postings += count
        if chosen and postings > MAX_POSTINGS:
            break
        chosen.append(gram)
    return chosen


def _letters(title: str) -> frozenset[str]:
    return _pieces(unicodedata.normalize("NFD", normalize(title)), 3)


def _pieces(text: str, size: int) -> frozenset[str]:
    return frozenset(text[i : i + size] for i in range(max(len(text) - size, 0) + 1)) if text else frozenset()


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0

"""Where an institution lies, read from its name, for the rule of travel costs that the form offers first (V4a)."""

import re

from visits.enums import VisitPlace

SEOUL = "서울"
METROPOLISES = ("부산", "대구", "인천", "광주", "대전", "울산")
PROVINCES = (
    "세종",
    "경기",
    "강원",
    "충북",
    "충남",
    "충청",
    "전북",
    "전남",
    "전라",
    "경북",
    "경남",
    "경상",
    "제주",
)
# 중구 and 강서구 are not of Seoul alone: without their city they say nothing.
DISTRICTS_OF_SEOUL = (
    "종로 용산 성동 광진 동대문 중랑 성북 강북 도봉 노원 은평 서대문 마포 "
    "양천 구로 금천 영등포 동작 관악 서초 강남 송파 강동"
).split()


def place_of(institution: str, region: str) -> VisitPlace | None:
    """Seen from an office in `region` (`서울특별시`, `경기도 수원시`); None where the name does not say."""
    where = _region(institution)
    home = _region(region)
    if where == home and home in (SEOUL, *METROPOLISES):
        return VisitPlace.LOCAL
    if region and home not in (SEOUL, *METROPOLISES) and region.split()[-1] in institution:
        return VisitPlace.LOCAL
    if where is None:
        return None
    outside = {SEOUL: VisitPlace.SEOUL, **dict.fromkeys(METROPOLISES, VisitPlace.METROPOLIS)}
    return outside.get(where, VisitPlace.ELSEWHERE)


def _region(name: str) -> str | None:
    """`서울`, a metropolis, or whatever other place a name begins with."""
    first = name.split()[0] if name.split() else ""
    if re.match(rf"{SEOUL}(특별시|시|$)", first):
        return SEOUL
    found = re.match(rf"({'|'.join(METROPOLISES)})(광역시|시청|$)", first)
    if found and (found[1] != "광주" or found[2] == "광역시"):  # 경기도 has a 광주시 too
        return found[1]
    if first.startswith(PROVINCES):
        return first
    if any(re.match(rf"{district}구", first) for district in DISTRICTS_OF_SEOUL):
        return SEOUL
    return first if re.search(r"[가-힣](시|군)(청|$)", first) else None

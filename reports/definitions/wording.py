"""Sentences of benchmarking reports, made from figures. Official papers are in Korean only: nothing to translate."""

from collections.abc import Iterable
from datetime import date

from basis.documents.model import Paragraph
from basis.formats import date_ko, number, percent
from benchmarking.enums import FollowUpState
from benchmarking.models import Review
from benchmarking.policies import REREVIEW_MONTHS, REVIEW_DAYS
from benchmarking.selectors.statistics import Handling, Outcomes


def point(text: str) -> Paragraph:
    return Paragraph(f"○ {text}", "bullet")


def points(*texts: str) -> list[Paragraph]:
    """A bullet for each text that is not empty."""
    return [point(text) for text in texts if text]


def dated(start: date, end: date, as_of: date) -> str:
    """Subtitle: the days covered and the day the figures speak of."""
    return f"{date_ko(start)} ~ {date_ko(end)} (기준일 {date_ko(as_of)})"


def deadline_rule(day: date) -> str:
    return f"부서 검토 기한: 통보일부터 {REVIEW_DAYS.on(day)}일 이내"


def found(counts: Outcomes) -> str:
    registered = counts.total + counts.pending
    return f"발굴 {number(registered)}건: 결정 {number(counts.total)}건, 결정 전 {number(counts.pending)}건"


def handled(h: Handling, departments: int) -> str:
    """How the departments answered."""
    if not h.sent:
        return "부서 검토: 이 기간에 보낸 사례 없음"
    text = f"부서 검토: {number(departments)}개 부서에 {number(h.sent)}건 요청, {number(h.answered)}건 완료"
    if h.rate is not None:
        text += f", 기한 내 처리율 {percent(h.rate)}({number(h.in_time)}/{number(h.due)}건)"
    return text + (f", 평균 처리 {number(h.days)}일" if h.days is not None else "")


def changed(now: Outcomes, before: Outcomes, label: str) -> list[Paragraph]:
    """What is different from the period before."""
    return points(
        f"결정 {number(now.total)}건: {label} {number(before.total)}건 대비 {_difference(now.total - before.total)}",
        f"도입 {number(now.adopted)}건: {label} {number(before.adopted)}건 대비 "
        f"{_difference(now.adopted - before.adopted)}, 도입률 {_share(now)}({label} {_share(before)})",
    )


def _difference(n: int) -> str:
    return "변동 없음" if n == 0 else f"{number(abs(n))}건 {'증가' if n > 0 else '감소'}"


def _share(counts: Outcomes) -> str:
    return percent(counts.adopted / counts.total if counts.total else None)


def most(lines: Iterable[tuple[str, int]]) -> str:
    """The field with the most decided cases."""
    ranked = sorted(lines, key=lambda line: -line[1])
    total = sum(n for _label, n in ranked)
    if not total:
        return "결정된 사례 없음"
    best = [label for label, n in ranked if n == ranked[0][1]]
    return f"가장 많은 분야: {', '.join(best)} {number(ranked[0][1])}건({percent(ranked[0][1] / total)})"


def late(h: Handling, departments: int) -> str:
    if not h.late:
        return "기한이 지난 검토 없음"
    return f"기한이 지난 검토 {number(h.late)}건({number(departments)}개 부서)"


def followed(reviews: Iterable[Review]) -> str:
    """How far adopted cases are."""
    states = [review.follow_up.state if hasattr(review, "follow_up") else "" for review in reviews]
    if not states:
        return "도입하기로 한 사례 없음"
    named = [(str(state.label), states.count(state)) for state in FollowUpState]
    parts = [f"{label} {number(n)}건" for label, n in named if n]
    return f"추진 부서 기준 {number(len(states))}건" + (f": {', '.join(parts)}" if parts else "")


def rereview_plan(count: int, as_of: date) -> str:
    """When 장기검토 cases come up again (B6)."""
    if not count:
        return "다시 검토할 장기검토 사례 없음"
    months = REREVIEW_MONTHS.on(as_of)
    year, month = min((as_of.year + (month < as_of.month), month) for month in months)
    return f"장기검토 사례 {number(count)}건: {year}년 {month}월에 다시 검토"


def follow_plan(reviews: Iterable[Review], as_of: date) -> str:
    """What is still to become part of the work."""
    open_ = [
        r.follow_up
        for r in reviews
        if hasattr(r, "follow_up") and r.follow_up.state in ("planned", "reported")
    ]
    if not open_:
        return ""
    slipped = sum(f.planned_on is not None and f.planned_on < as_of for f in open_)
    text = f"업무반영 전인 도입 사례 {number(len(open_))}건: 시행 예정일에 맞추어 점검"
    return text + (f"(예정일이 지난 {number(slipped)}건은 사유와 새 예정일 확인)" if slipped else "")


def late_plan(count: int) -> str:
    return f"기한이 지난 검토 {number(count)}건: 해당 부서에 처리 요청" if count else ""


def pending_plan(count: int) -> str:
    return f"결정 전 사례 {number(count)}건: 부서 검토가 끝나는 대로 결정" if count else ""

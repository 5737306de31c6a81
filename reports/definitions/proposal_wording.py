"""Sentences of reports on proposals, made from figures. Official papers are in Korean only: nothing to translate."""

from datetime import date

from basis.clock import Unit
from basis.formats import number, percent
from proposals.enums import Kind
from proposals.policies import decision_length
from proposals.selectors.following import YearOfEffects
from proposals.selectors.statistics import Counts, Handling
from reports.proposal_blocks import Line

UNITS = {Unit.DAYS: "일", Unit.MONTHS: "개월"}


def received(counts: Counts) -> str:
    kinds = ", ".join(f"{kind.label} {number(counts.of(kind=kind))}건" for kind in Kind)
    return f"접수 {number(counts.total)}건: {kinds}"


def decided(counts: Counts) -> str:
    named = (
        ("채택", "adopted"), ("불채택", "rejected"), ("제안 아님", "no_proposal"), ("민원 전환", "petition"),
        ("이송", "transferred"), ("그 밖의 종결", "ended"), ("처리 중", "open"),
    )  # fmt: skip
    parts = [f"{label} {number(n)}건" for label, group in named if (n := counts.of(group=group))]
    return f"처리: {', '.join(parts)}" if parts else "처리: 이 기간에 접수한 제안 없음"


def kept(handled: Handling) -> str:
    if handled.rate is None:
        return ""
    text = f"결정 기한 준수: {percent(handled.rate)}({number(handled.in_time)}/{number(handled.due)}건)"
    return text + (f", 접수부터 결정까지 평균 {number(handled.days)}일" if handled.days is not None else "")


def rule(day: date) -> str:
    said = {kind: decision_length(kind, day) for kind in Kind}
    parts = [f"{kind.label} {length}{UNITS[unit]}" for kind, (length, unit) in said.items()]
    return f"결정 기한: 접수일부터 {', '.join(parts)} 이내"


def changed(now: Line, before: Line) -> str:
    difference = now.counts.total - before.counts.total
    change = (
        "변동 없음"
        if not difference
        else f"{number(abs(difference))}건 {'증가' if difference > 0 else '감소'}"
    )
    return f"접수 {number(now.counts.total)}건: {before.label} {number(before.counts.total)}건 대비 {change}"


def adopted(counts: Counts) -> str:
    share = counts.of(group="adopted") / counts.total if counts.total else None
    return f"채택 {number(counts.of(group='adopted'))}건(접수 대비 {percent(share)})"


def effects(year: YearOfEffects) -> str:
    graded = ", ".join(f"{grade.label} {number(n)}건" for grade, n in year.graded.items() if n)
    said = f"이행을 시작한 제안 {number(year.adopted)}건, 시행한 제안 {number(year.carried_out)}건"
    return f"{said}, 효과 등급 {graded}" if graded else f"{said}, 효과 등급을 정한 제안 없음"

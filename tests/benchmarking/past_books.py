"""The benchmarking of 2013–2015 (B9) as an office might have kept it: a flat list of its own making."""

import datetime as dt
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarking.enums import DECISION_PRECEDENCE, Channel, CostClass, Decision, Field, SourceKind
from organization.enums import ChangeType
from organization.models import Department, DepartmentChange
from tests.basis.excel_files import workbook
from tests.factories import DepartmentFactory

DATA = Path(__file__).resolve().parents[2] / "demo" / "data"
HEAD = (
    "연도", "시책명", "기관유형", "자치단체", "경로", "분야", "예산", "개요", "담당부서", "조치결과", "사유",
    "발굴시기", "회신일", "발굴직원", "반영일", "추진실적",
)  # fmt: skip
SPELLINGS = (
    "{0.year}-{0.month:02}-{0.day:02}", "{0.year}. {0.month}. {0.day}.", "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month}/{0.day}", "{0.year}년 {0.month}월 {0.day}일", "{0.year}{0.month:02}{0.day:02}",
    "'{1}. {0.month}. {0.day}.", "{1}.{0.month}.{0.day}", "{0.year}년 {0.month}월", "{0.year}. {0.month}.",
)  # fmt: skip
OLD = "교통지도과"  # what the first department was called until 2014


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((DATA / "cases_history.toml").read_text(encoding="utf-8"))[
        "cases"
    ]
    return found


def departments() -> dict[str, Department]:
    """By the code that the cases name, the first with the other name that it had until 2014."""
    codes = dict.fromkeys(review["department"] for case in cases() for review in case["reviews"])
    found = {code: DepartmentFactory(code=f"PAST-{code}", name=f"{code}민원과") for code in codes}
    first = next(iter(found.values()))
    DepartmentChange.objects.create(
        department=first, kind=ChangeType.RENAME, effective_on=dt.date(2015, 1, 1), old_name=OLD,
        new_name=first.name, applied_at=dt.datetime(2015, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    return found


def rows(known: dict[str, Department]) -> Iterator[list[Any]]:
    """What the case's departments decided stands as one; words and days are spelled in every way."""
    first = next(iter(known.values()))
    for n, case in enumerate(cases()):
        decisions = {review["decision"] for review in case["reviews"]}
        outcome = next(d for d in DECISION_PRECEDENCE if d in decisions)
        names = [known[review["department"]].name for review in case["reviews"]]
        asked = [OLD if name == first.name and case["year"] < 2015 else name for name in names]
        last = max(case["reviews"], key=lambda review: review["decided_on"])
        done = last.get("implemented_on") if outcome == Decision.ADOPT else None
        yield [
            f"{case['year']}년", case["title"], str(SourceKind(case["source_kind"]).label), case["source_name"],
            str(Channel(case["channel"]).label), str(Field(case["field"]).label) if n % 9 else None,
            str(CostClass(case["cost_class"]).label), case["summary"], (", ", "·", "\n", " ", "/")[n % 5].join(asked),
            str(Decision(outcome).label).replace(" ", ""), last["reason"] if n % 4 else None,
            spelled(case["found_on"], n) if n % 7 else None, last["decided_on"], "김옛날" if n % 3 else None,
            done, last.get("result") if done else None,
        ]  # fmt: skip


def spelled(day: dt.date, n: int) -> str:
    return SPELLINGS[n % len(SPELLINGS)].format(day, day.year % 100)


def flat_list(known: dict[str, Department]) -> io.BytesIO:
    return workbook([["벤치마킹 추진실적(2013~2015)"], list(HEAD), *rows(known)])

"""Cases of earlier years from an office's records (N1, N4, B9)."""

from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day, Precision
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, Wish, check
from basis.excel.rows import RawRow
from basis.folding import fold, folded
from benchmarking.enums import (
    NO_CASES,
    CaseState,
    Channel,
    CostClass,
    Decision,
    Field,
    Origin,
    SourceKind,
)
from benchmarking.excel.cases import choices
from benchmarking.excel.proof import proof_of
from benchmarking.excel.results import RESULTS, in_words, marked
from benchmarking.models import Case, Review
from benchmarking.services.past import FIELDS, Answer, Record, give_up, take_in
from core.forms import MOST_WON
from core.now import today
from organization.naming import Named, NamesThen
from organization.roster import Roster

MARKS = tuple(RESULTS)
POINTS = "points"
DAYS = ("found", "decided", "implemented")


def _column(key: str, label: Any, kind: Any = "text", *synonyms: str, **more: Any) -> ImportColumn:
    return ImportColumn(key, label, kind=kind, synonyms=synonyms, may_lack=True, **more)


class PastCaseImporter(Importer):
    """What the office did before it had this system: the same case on several rows asked several departments."""

    kind = "benchmarking-past"
    label = gettext_lazy("지난 벤치마킹 사례")
    unique = ("title", "source_name", "departments")
    wishes = (
        Wish(
            POINTS,
            gettext_lazy("발굴자에게 점수 주기"),
            gettext_lazy(
                "직원으로 확인된 발굴자에게 사례의 날짜로, 그날의 기준과 한도에 따라 줍니다. 되돌리면 함께 취소됩니다."
            ),
        ),
    )
    columns = (
        _column(
            "year", gettext_lazy("연도"), "day", "년도", "발굴연도", "추진연도", titled=True,
            example="2015", help=gettext_lazy("비워 두면 발굴일이나 결정일의 연도입니다."),
        ),
        _column(
            "number", gettext_lazy("번호"), "text", "사례번호", "관리번호", "연번", "순번", "일련번호", "No", "No.",
            max_length=20, example="12", help=gettext_lazy("그해의 사례 번호입니다. 비워 두면 이어서 매깁니다."),
        ),
        ImportColumn(
            "title", gettext_lazy("사례명"), True, max_length=200, example="공유주차 앱 도입",
            synonyms=("제목", "시책명", "사업명", "우수사례", "사례", "벤치마킹 사례", "사례 제목", "우수시책명"),
        ),
        _column(
            "source_kind", gettext_lazy("기관 구분"), "choice", "기관유형", "구분",
            choices=choices(SourceKind), example="시·군·구",
        ),
        _column(
            "source_name", gettext_lazy("기관명"), "text", "기관", "대상기관", "자치단체", "시행기관", "출처", "타기관",
            max_length=100, example="○○시",
        ),
        _column(
            "channel", gettext_lazy("발굴 경로"), "choice", "발굴방법", "경로",
            choices=choices(Channel), example="언론보도",
        ),
        _column("field", gettext_lazy("분야"), "choice", "분야별", choices=choices(Field), example="건설교통"),
        _column(
            "cost_class", gettext_lazy("예산 구분"), "choice", "예산", "예산수반",
            choices=choices(CostClass), example="저예산",
        ),
        _column("estimated_cost", gettext_lazy("예상 비용(원)"), "int", "소요예산", "사업비", "예산액",
            "예산(원)", "예산(천원)", "예산(백만원)"),
        _column(
            "summary", gettext_lazy("주요 내용"), "text", "내용", "개요", "사업내용", "사례내용", "주요내용",
            max_length=4000,
        ),
        _column(
            "departments", gettext_lazy("검토 부서"), "departments",
            "해당부서", "소관부서", "담당부서", "관련부서", "주관부서", "부서", "부서명", "통보부서",
            example="교통행정과", help=gettext_lazy("그때의 부서명입니다. 여럿이면 쉼표로 나누어 적어 주세요."),
        ),
        _column(
            "decision", gettext_lazy("검토 결과"), "choice", "결과", "결정", "도입여부", "처리결과", "조치결과",
            choices=choices(Decision), example="장기검토",
        ),
        _column(
            "answers", gettext_lazy("부서별 검토 결과"), "text", "부서별결과", max_length=1000,
            help=gettext_lazy("부서마다 다를 때 ‘교통행정과: 도입, 건축과: 현행유지’처럼 적어 주세요."),
        ),
        *(_column(key, label, "mark", *words) for key, (label, _decision, words) in RESULTS.items()),
        _column("reason", gettext_lazy("검토 의견"), "text", "사유", "검토의견", "미도입사유", max_length=4000),
        _column("found", gettext_lazy("발굴일"), "day", "발굴일자", "발굴시기", "발굴월",
            "시기", "추진월", "추진시기", "추진일", example="2015-03"),
        _column("decided", gettext_lazy("결정일"), "day", "검토일", "검토완료일", "회신일", "통보일"),
        _column("document", gettext_lazy("통보 문서번호"), "text", "문서번호", "관련문서", max_length=60),
        _column(
            "finder", gettext_lazy("발굴자"), "text", "발굴직원", "제안자", "담당자", "성명",
            max_length=60, help=gettext_lazy("지금 없는 직원이면 이름만 남습니다. 점수는 저장할 때 고르면 줍니다."),
        ),
        _column("implemented", gettext_lazy("업무반영일"), "day", "반영일", "시행일"),
        _column("followed", gettext_lazy("업무반영"), "mark", "반영여부", "업무반영 여부"),
        _column("result", gettext_lazy("반영 내용"), "text", "추진실적", "반영실적", "추진내용", max_length=2000),
    )  # fmt: skip

    def prepare(self) -> None:
        self.names, self.roster, self.today = NamesThen(), Roster.of_all(), today()
        self.taken = set(Case.objects.values_list("year", "number"))
        self.numbered: dict[tuple[int, int], str] = {}

    @check("year", "found", "decided")
    def check_year(self, year: Day | None, found: Day | None, decided: Day | None) -> None:
        if (known := _year(year, found, decided)) is None:
            raise Rejected(_("연도를 알 수 없습니다. 연도나 발굴일, 결정일을 입력해 주세요."))
        if known > self.today.year:
            raise Rejected(_("올해 또는 지난 연도를 입력해 주세요."))

    @check("found")
    def check_found(self, day: Day | None) -> None:
        self._past(day)

    @check("decided")
    def check_decided(self, day: Day | None) -> None:
        self._past(day)

    @check("implemented")
    def check_implemented(self, day: Day | None) -> None:
        self._past(day)

    def _past(self, day: Day | None) -> None:
        if day and day.date > self.today:
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."))

    @check("number", "year", "found", "decided", "title")
    def check_number(
        self, text: str, year: Day | None, found: Day | None, decided: Day | None, title: str
    ) -> None:
        known, number = _year(year, found, decided), _number(text)
        if known is None or number is None:
            return
        if (known, number) in self.taken:
            raise Rejected(
                _("이 연도에 같은 번호의 사례가 이미 있습니다. 연번이면 열 맞추기에서 이 열을 빼 주세요.")
            )
        if self.numbered.setdefault((known, number), fold(title)) != fold(title):
            raise Rejected(_("같은 연도의 다른 사례와 번호가 같습니다. 연번이면 이 열을 빼고 올려 주세요."))

    @check("estimated_cost")
    def check_cost(self, cost: int | None) -> None:
        if not 0 <= (cost or 0) <= MOST_WON:
            raise Rejected(_("0 이상 {most}원 이하로 입력해 주세요.").format(most=f"{MOST_WON:,}"))

    @check("departments", "year", "found", "decided")
    def check_departments(self, text: str, year: Day | None, found: Day | None, decided: Day | None) -> None:
        self.names.read(text, _then(year, found, decided))

    @check("answers", "departments", "year", "found", "decided")
    def check_answers(self, text: str, *then: Any) -> None:
        self._answers(text, then[0], _then(*then[1:]))

    @check("decision", "answers", *MARKS)
    def check_result(self, decision: str | None, answers: str, *marks: bool) -> None:
        said = marked(dict(zip(MARKS, marks, strict=True)))
        if decision and said and decision != said:
            raise Rejected(_("○ 표시와 검토 결과가 서로 다릅니다. 한쪽을 고쳐 주세요."))

    @check("followed", "implemented", "result", "decision", "answers", *MARKS)
    def check_followed(
        self, followed: bool, day: Day | None, result: str, decision: str | None, answers: str, *marks: bool
    ) -> None:
        if not (followed or day):
            return
        said = {
            decision or marked(dict(zip(MARKS, marks, strict=True))),
            *(d for _name, d in in_words(answers)),
        }
        if Decision.ADOPT not in said:
            raise Rejected(_("도입한 사례만 업무반영을 적을 수 있습니다. 검토 결과를 확인해 주세요."))

    def clean_row(self, row: RawRow) -> Record:
        values = dict(row.values)
        then = values.pop("year"), values["found"], values["decided"]
        day, decision = _then(*then), values.pop("decision") or marked(values)
        asked = self._answers(values.pop("answers"), values.pop("departments"), day)
        reason, year = values.pop("reason"), _year(*then)
        assert year is not None  # check_year
        if reason and not asked:  # nobody's in particular
            values["summary"] = f"{values['summary']}\n\n{reason}".strip()
        return Record(
            year=year,
            number=_number(values.pop("number")),
            decision=decision,
            answers=tuple(Answer(named, said or decision, reason) for named, said in asked),
            found=values.pop("found"),
            decided=values.pop("decided"),
            document=values.pop("document"),
            followed=bool(values.pop("followed") or values["implemented"]),
            implemented=values.pop("implemented"),
            result=values.pop("result"),
            values=self._values(values),
        )

    def _values(self, values: dict[str, Any]) -> dict[str, Any]:
        """Of a case; who found it stays a name where it is nobody here, or could be several."""
        finder = values.pop("finder")
        try:
            found_by = self.roster.read(finder) if finder else None
        except Rejected:
            found_by = None
        names = {"found_by": found_by, "finder_name": "" if found_by else finder}
        return {**{name: values[name] or "" for name in FIELDS if name in values}, **names,
                "estimated_cost": values["estimated_cost"]}  # fmt: skip

    def _answers(self, text: str, departments: str, day: Day | None) -> list[tuple[Named, str]]:
        """Who was asked, each with its own decision where it is told."""
        told = [(self.names.read(name, day), decision) for name, decision in in_words(text)]
        own = {named.department: (named, decision) for found, decision in told for named in found}
        asked = {named.department: (named, "") for named in self.names.read(departments, day)}
        return list((asked | own).values())

    def row_key(self, values: Mapping[str, Any]) -> Hashable:
        year = _year(values["year"], values["found"], values["decided"])
        return (*(folded(values[key]) for key in self.unique), year)

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        there = Case.objects.exclude(state=CaseState.CANCELLED)
        rows = there.values_list("title", "source_name", "year").iterator()
        known = {(folded(title), folded(source), year) for title, source, year in rows}
        return {key for key in keys if (*key[:2], key[3]) in known}

    def proof(self, rows: list[Any], source: Any) -> Any:
        """The table that will result, beside the workbook's own (B9)."""
        return proof_of(joined(rows), getattr(source, "totals", ()))

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += take_in(joined(rows), actor=actor, points=POINTS in self.wished)
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        give_up(made, actor=actor)
        return made

    def exported(self) -> Iterator[dict[str, Any]]:
        """A row for each department that was asked, as they are read."""
        cases = Case.objects.filter(origin=Origin.RECORD).exclude(state__in=NO_CASES)
        cases = cases.order_by("year", "number").select_related("found_by").prefetch_related(
            Prefetch("reviews", Review.objects.filter(clock=None).select_related("round", "follow_up").order_by("pk"))
        )  # fmt: skip
        for case in cases.iterator(chunk_size=1000):
            row = {
                **{column.key: getattr(case, column.key, None) for column in self.columns},
                "year": Day(date(case.year, 1, 1), Precision.YEAR),
                "number": str(case.number),
                "found": case.day("found_on"),
                "decided": case.day("decided_on"),
                "implemented": case.day("implemented_on"),
                "finder": case.found_by.employee_number if case.found_by else case.finder_name,
                "decision": case.outcome,
                "followed": case.state == CaseState.IMPLEMENTED,
            }
            yield from [self._asked(row, review) for review in case.reviews.all()] or [row]

    @staticmethod
    def _asked(row: dict[str, Any], review: Review) -> dict[str, Any]:
        follow_up = getattr(review, "follow_up", None)
        return row | {
            "departments": review.department_name,
            "decision": review.decision,
            "reason": review.reason,
            "document": review.round.document,
            "followed": bool(follow_up),
            "implemented": follow_up and follow_up.day("implemented_on"),
            "result": follow_up.result if follow_up else "",
        }


def joined(rows: Sequence[Record]) -> list[Record]:
    """Rows of the same case as one, with all departments that they name."""
    found: dict[Hashable, Record] = {}
    for row in rows:
        key = (row.year, row.number, fold(row.values["title"]), fold(row.values["source_name"]))
        first = found.get(key)
        found[key] = row if first is None else _with(first, row)
    return list(found.values())


def _with(first: Record, more: Record) -> Record:
    """One department's row may tell that it was followed where another's does not."""
    told = first if first.followed or not more.followed else more
    return replace(
        first,
        answers=_both(first, more),
        followed=told.followed,
        implemented=told.implemented,
        result=told.result,
    )


def _both(first: Record, more: Record) -> tuple[Answer, ...]:
    asked = {answer.asked.department for answer in first.answers}
    return (*first.answers, *(answer for answer in more.answers if answer.asked.department not in asked))


def _year(year: Day | None, found: Day | None, decided: Day | None) -> int | None:
    return next((day.date.year for day in (year, found, decided) if day), None)


def _then(year: Day | None, found: Day | None, decided: Day | None) -> Day | None:
    """When the departments were asked, as well as it is known."""
    known = _year(year, found, decided)
    return found or decided or (Day(date(known, 1, 1), Precision.YEAR) if known else None)


def _number(text: str) -> int | None:
    """`12`, `2015-0012`; of other marks there is no number."""
    last = text.rpartition("-")[2].strip()
    return int(last) if last.isdecimal() and 0 < int(last[:9]) < 10**8 else None

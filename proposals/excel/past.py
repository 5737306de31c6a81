"""Proposals of earlier years from an office's records (N1, N4, P10)."""

from collections.abc import Hashable, Iterator, Mapping, Set
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day, Precision
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import folded
from core.now import today
from organization.naming import Named, NamesThen
from organization.roster import Roster
from proposals.enums import RECORDS, Channel, Field, Kind, State
from proposals.excel.epeople import LEAST_TITLE, SHOWN, choices
from proposals.excel.proof import proof_of
from proposals.models import Proposal
from proposals.models.proposal import TEXT
from proposals.services.past import Record, give_up, take_in

OUTCOMES = [(state.value, state.label) for state in RECORDS if state != State.RECORDED]


def _column(key: str, label: Any, kind: Any = "text", *synonyms: str, **more: Any) -> ImportColumn:
    return ImportColumn(key, label, kind=kind, synonyms=synonyms, may_lack=True, **more)


class PastProposalImporter(Importer):
    """What was proposed before the office had this system, as it was decided then."""

    kind = "proposals-past"
    label = gettext_lazy("지난 제안")
    unique = ("title", "kind")
    columns = (
        _column(
            "year", gettext_lazy("연도"), "day", "년도", "접수연도", "제안연도", titled=True, example="2015",
            help=gettext_lazy("비워 두면 접수일의 연도입니다."),
        ),
        _column(
            "number", gettext_lazy("번호"), "text", "제안번호", "접수번호", "관리번호", "연번", "순번", "일련번호",
            "No", "No.", max_length=20, example="12",
            help=gettext_lazy("그해의 번호입니다. 비워 두면 이어서 매깁니다."),
        ),
        ImportColumn(
            "title", gettext_lazy("제목"), True, max_length=100, example="골목길 보안등 늘리기",
            synonyms=("제안제목", "제안명", "제안 제목", "건명"),
        ),
        ImportColumn(
            "kind", gettext_lazy("구분"), True, "choice", choices=choices(Kind), example="구민 제안",
            synonyms=("제안구분", "제안 구분", "제안자구분", "부문"),
        ),
        _column(
            "channel", gettext_lazy("접수 경로"), "choice", "접수방법", "제출방법", "경로",
            choices=choices(Channel), example="국민신문고",
        ),
        _column("field", gettext_lazy("분야"), "choice", "제안분야", choices=choices(Field), example="안전·도시"),
        _column("problem", gettext_lazy("지금의 문제"), "text", "현황 및 문제점", "현황", "문제점", max_length=TEXT),
        _column(
            "improvement", gettext_lazy("내용"), "text", "제안내용", "개선방안", "주요내용", "제안 내용", "요지",
            max_length=TEXT,
        ),
        _column("effect", gettext_lazy("기대효과"), "text", "효과", "기대 효과", max_length=TEXT),
        _column(
            "shown", gettext_lazy("공개 여부"), "choice", "공개구분", "공개", choices=SHOWN,
            help=gettext_lazy("비워 두면 제목과 결과만 공개합니다."),
        ),
        _column(
            "department", gettext_lazy("담당 부서"), "departments", "소관부서", "검토부서", "담당부서", "주관부서",
            "부서", "처리부서", example="안전건설과", help=gettext_lazy("그때의 부서명입니다."),
        ),
        _column(
            "outcome", gettext_lazy("결과"), "choice", "심사결과", "처리결과", "채택여부", "검토결과", "결정",
            choices=OUTCOMES, example="채택",
        ),
        _column(
            "reason", gettext_lazy("검토 의견"), "text", "의견", "사유", "검토의견", "불채택사유", "답변내용",
            max_length=TEXT,
        ),
        _column("received", gettext_lazy("접수일"), "day", "접수일자", "제안일", "신청일", example="2015-03"),
        _column("decided", gettext_lazy("결정일"), "day", "통보일", "처리일", "답변일", "심사일"),
        _column("carry_out", gettext_lazy("시행할 날"), "date", "시행일", "시행예정일", "실시일"),
        _column(
            "proposer", gettext_lazy("제안자"), "text", "제안인", "신청인", "성명", max_length=40,
            help=gettext_lazy("지금 있는 직원이면 그 직원의 제안으로 남고, 아니면 이름만 남습니다."),
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.names, self.roster, self.today = NamesThen(), Roster.of_all(), today()
        self.taken = set(Proposal.objects.values_list("year", "number"))
        self.numbered: set[tuple[int, int]] = set()

    @check("year", "received")
    def check_year(self, year: Day | None, received: Day | None) -> None:
        known = _year(year, received)
        if known is None:
            raise Rejected(_("연도를 알 수 없습니다. 연도나 접수일을 입력해 주세요."))
        if known > self.today.year:
            raise Rejected(_("올해 또는 지난 연도를 입력해 주세요."))
        if received and received.date.year != known:
            raise Rejected(_("접수일이 이 연도에 있지 않습니다. 한쪽을 고쳐 주세요."), field="received")

    @check("title")
    def check_title(self, title: str) -> None:
        if len(title) < LEAST_TITLE:
            raise Rejected(_("제목을 4자 이상 입력해 주세요."))

    @check("received")
    def check_received(self, day: Day | None) -> None:
        self._past(day)

    @check("decided", "received")
    def check_decided(self, decided: Day | None, received: Day | None) -> None:
        self._past(decided)
        if decided and received and decided.last < received.date:
            raise Rejected(_("결정일이 접수일보다 빠릅니다."))

    def _past(self, day: Day | None) -> None:
        if day and day.date > self.today:
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."))

    @check("number", "year", "received")
    def check_number(self, text: str, year: Day | None, received: Day | None) -> None:
        known, number = _year(year, received), _number(text)
        if known is None or number is None:
            return
        if (known, number) in self.taken:
            raise Rejected(
                _("이 연도에 같은 번호의 제안이 이미 있습니다. 연번이면 열 맞추기에서 이 열을 빼 주세요.")
            )
        if (known, number) in self.numbered:
            raise Rejected(_("같은 연도의 다른 제안과 번호가 같습니다. 연번이면 이 열을 빼고 올려 주세요."))
        self.numbered.add((known, number))

    @check("department", "year", "received", "decided")
    def check_department(
        self, text: str, year: Day | None, received: Day | None, decided: Day | None
    ) -> None:
        if len(self.names.read(text, _then(year, received, decided))) > 1:
            raise Rejected(_("담당 부서를 하나만 남겨 주세요."))

    @check("carry_out", "outcome")
    def check_carry_out(self, day: date | None, outcome: str | None) -> None:
        if day and outcome != State.ADOPTED:
            raise Rejected(_("채택한 제안만 시행할 날을 적을 수 있습니다. 결과를 확인해 주세요."))

    def clean_row(self, row: RawRow) -> Record:
        values = dict(row.values)
        year = _year(values["year"], values["received"])
        assert year is not None  # check_year
        return Record(
            year=year,
            number=_number(values["number"]),
            values={
                **{name: values[name] or "" for name in ("kind", "channel", "title", "field")},
                **{name: values[name] for name in ("problem", "improvement", "effect")},
                "hidden": values["shown"] != "open",
            },
            outcome=values["outcome"] or "",
            department=self._department(values),
            reason=values["reason"],
            received=values["received"],
            decided=values["decided"],
            carry_out_on=values["carry_out"],
            **self._proposer(values["proposer"]),
        )

    def _department(self, values: Mapping[str, Any]) -> Named | None:
        then = _then(values["year"], values["received"], values["decided"])
        return next(iter(self.names.read(values["department"], then)), None)

    def _proposer(self, text: str) -> dict[str, Any]:
        """A name where it is nobody here, or could be several."""
        try:
            return {"user": self.roster.read(text) if text else None, "name": ""}
        except Rejected:
            return {"user": None, "name": text}

    def row_key(self, values: Mapping[str, Any]) -> Hashable:
        """Two people may propose the same in one year: by their numbers they are two."""
        year, number = _year(values["year"], values["received"]), _number(values["number"])
        return (*(folded(values[key]) for key in self.unique), year, number)

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Proposal.objects.values_list("title", "kind", "year").iterator()
        known = {(folded(title), folded(kind), year) for title, kind, year in rows}
        return {key for key in keys if key[3] is None and key[:3] in known}

    def proof(self, rows: list[Any], source: Any) -> Any:
        """The figures that will result, beside the workbook's own (P10)."""
        return proof_of(rows, getattr(source, "totals", ()))

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += take_in(rows, actor=actor)
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        give_up(made, actor=actor)
        return made

    def exported(self) -> Iterator[dict[str, Any]]:
        """What was taken in as past."""
        rows = Proposal.objects.filter(clock=None).order_by("year", "number").select_related("decision")
        for one in rows.prefetch_related("proposers__user").iterator(chunk_size=1000):
            decision = getattr(one, "decision", None)
            main = next(iter(one.proposers.all()), None)
            yield {
                **{column.key: getattr(one, column.key, None) for column in self.columns},
                "year": Day(date(one.year, 1, 1), Precision.YEAR),
                "number": str(one.number),
                "shown": "hidden" if one.hidden else "open",
                "outcome": "" if one.state == State.RECORDED else one.state,
                "department": decision.department_name if decision else "",
                "reason": (decision.taken or decision.reason) if decision else "",
                "received": None
                if one.inexact.get("received_on") == Precision.YEAR
                else one.day("received_on"),
                "decided": one.day("closed_on"),
                "carry_out": decision.carry_out_on if decision else None,
                "proposer": _known_as(main) if main else "",
            }


def _known_as(person: Any) -> str:
    return person.user.employee_number if person.user else person.name


def _year(year: Day | None, received: Day | None) -> int | None:
    return next((day.date.year for day in (year, received) if day), None)


def _then(year: Day | None, received: Day | None, decided: Day | None) -> Day | None:
    """When a department dealt with it, as well as it is known."""
    known = _year(year, received)
    return received or decided or (Day(date(known, 1, 1), Precision.YEAR) if known else None)


def _number(text: str) -> int | None:
    """`12`, `2015-0012`; of other marks there is no number."""
    last = text.rpartition("-")[2].strip()
    return int(last) if last.isdecimal() and 0 < int(last[:9]) < 10**8 else None

"""Proposals of citizens from a list of 국민신문고 (P1, B2)."""

from collections.abc import Hashable, Iterator, Sequence, Set
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, Wish, check
from basis.excel.rows import RawRow
from basis.folding import fold
from core.now import today
from proposals.enums import Field
from proposals.models import Proposal
from proposals.models.proposal import TEXT
from proposals.selectors.proposals import most_alike
from proposals.services.intake import PERSON, Applied, receive_many, unreceive_many

LETTERS = "letters"
LOOKED_AT = 300  # rows compared with earlier proposals
SHOWN = [("open", gettext_lazy("공개")), ("hidden", gettext_lazy("비공개"))]
LEAST_TITLE = 4


def choices(enum: Any) -> Any:
    return lambda: [(value, str(label)) for value, label in enum.choices]


class ProposalImporter(Importer):
    """What 국민신문고 gives as a list: each application comes in once, with the day on which it was made there."""

    kind = "proposals"
    label = gettext_lazy("국민신문고 제안")
    unique = ("number",)
    wishes = (
        Wish(
            LETTERS,
            gettext_lazy("신청인에게 접수 안내 보내기"),
            gettext_lazy(
                "전자우편이 있는 신청인에게 접수번호와 나의 제안 링크를 보냅니다. 고르지 않으면 보내지 않습니다."
            ),
        ),
    )
    columns = (
        ImportColumn(
            "number", gettext_lazy("신청번호"), True, max_length=40, example="1AB-2611-0012345",
            synonyms=("접수번호", "민원신청번호", "제안번호", "제안신청번호", "신청 번호"),
        ),
        ImportColumn(
            "received_on", gettext_lazy("신청일"), True, "date", example="2026-11-20",
            synonyms=("신청일자", "신청일시", "접수일", "접수일자", "등록일", "제안일"),
            help=gettext_lazy("결정 기한은 이날부터 셉니다."),
        ),
        ImportColumn(
            "title", gettext_lazy("제목"), True, max_length=100, example="골목길 보안등 늘리기",
            synonyms=("제안제목", "제안명", "민원제목"),
        ),
        ImportColumn(
            "problem", gettext_lazy("지금의 문제"), max_length=TEXT,
            synonyms=("현황 및 문제점", "현황", "문제점", "현황·문제점"),
        ),
        ImportColumn(
            "improvement", gettext_lazy("내용"), True, max_length=TEXT, example="어두운 골목에 보안등을 달아 주세요.",
            synonyms=("제안내용", "개선방안", "민원내용", "신청내용", "제안 내용", "개선 방안"),
        ),
        ImportColumn("effect", gettext_lazy("기대효과"), max_length=TEXT, synonyms=("효과", "기대 효과")),
        ImportColumn(
            "field", gettext_lazy("분야"), kind="choice", choices=choices(Field), example="안전·도시",
            synonyms=("제안분야", "민원분야", "분류"), help=gettext_lazy("비워 두면 ‘그 밖’으로 접수합니다."),
        ),
        ImportColumn(
            "shown", gettext_lazy("공개 여부"), kind="choice", choices=SHOWN, example="공개",
            synonyms=("공개구분", "공개"), help=gettext_lazy("비워 두면 공개합니다."),
        ),
        ImportColumn(
            "name", gettext_lazy("신청인"), max_length=40, example="김구민",
            synonyms=("제안자", "신청자", "성명", "민원인", "이름"),
        ),
        ImportColumn(
            "phone", gettext_lazy("연락처"), max_length=20, example="010-0000-0000",
            synonyms=("휴대전화", "전화번호", "휴대폰", "핸드폰"),
        ),
        ImportColumn(
            "email", gettext_lazy("전자우편"), max_length=254, synonyms=("이메일", "e-mail", "전자우편주소")
        ),
        ImportColumn("address", gettext_lazy("주소"), max_length=200, synonyms=("신청인주소", "거주지")),
    )  # fmt: skip

    def prepare(self) -> None:
        self.today = today()
        self.titles: dict[str, str] = {}  # of the first rows, by application number
        self.same: dict[str, str] = {}  # the first application with a title
        self.again: dict[str, str] = {}  # those that say the same as an earlier one of the file

    @check("received_on")
    def check_received(self, day: date) -> None:
        if day > self.today:
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."))

    @check("title")
    def check_title(self, title: str) -> None:
        if len(title) < LEAST_TITLE:
            raise Rejected(_("제목을 4자 이상 입력해 주세요."))

    @check("email")
    def check_email(self, email: str) -> None:
        if email:
            try:
                validate_email(email)
            except ValidationError as error:
                raise Rejected(str(error.messages[0])) from None

    def clean_row(self, row: RawRow) -> Applied:
        values = row.values
        key, title = fold(values["number"]), fold(values["title"])
        if len(self.titles) < LOOKED_AT:
            self.titles[key] = values["title"]
        first = self.same.setdefault(title, values["number"])
        if first != values["number"]:
            self.again[key] = first
        return Applied(
            number=values["number"],
            received_on=values["received_on"],
            title=values["title"],
            field=values["field"] or Field.OTHER,
            problem=values["problem"],
            improvement=values["improvement"],
            effect=values["effect"],
            hidden=values["shown"] == "hidden",
            person=(values["name"], values["phone"], values["email"], values["address"]),
        )

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        known = Proposal.objects.exclude(outside_number="").values_list("outside_number", flat=True)
        return {key for number in known.iterator() if (key := fold(number)) in keys}

    def remarks(self, keys: Sequence[Any]) -> Iterator[tuple[Any, str]]:
        """The same within the file; earlier ones like these: of a long file, its beginning is looked at (P5)."""
        found = most_alike({self.titles[key] for key in keys if key in self.titles and key not in self.again})
        for key in keys:
            if first := self.again.get(key):
                yield key, _("제목이 같은 신청이 이 파일에 있습니다: %(number)s") % {"number": first}
            elif like := found.get(self.titles.get(key, "")):
                said = {"proposal": like.proposal, "percent": like.percent}
                yield key, _("비슷한 제안이 있습니다: %(proposal)s (유사도 %(percent)d%%)") % said

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += receive_many(rows, actor=actor, told=LETTERS in self.wished)
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        unreceive_many(made, actor=actor)
        return made

    def exported(self) -> Iterator[dict[str, Any]]:
        """What came in this way, with who applied as far as that is still known."""
        rows = Proposal.objects.exclude(outside_number="").order_by("year", "number")
        for one in rows.prefetch_related("proposers").iterator(chunk_size=1000):
            main = next(iter(one.proposers.all()), None)
            yield {
                **{column.key: getattr(one, column.key, None) for column in self.columns},
                "number": one.outside_number,
                "shown": "hidden" if one.hidden else "open",
                **{name: getattr(main, name, "") for name in PERSON},
            }

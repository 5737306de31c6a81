"""Points and hours that people bring from before (N1, M3)."""

from collections.abc import Hashable, Iterator, Set
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold
from basis.official import document_number
from core.actors import SYSTEM
from core.now import today
from core.permissions import can
from mileage.catalogue import OPENINGS
from mileage.enums import Scheme
from mileage.models import Entry
from mileage.rules import hundredths
from mileage.services import openings
from organization.models import User

MOST = Decimal(100_000)  # of one person; more is a slip of the finger


class OpeningImporter(Importer):
    """One balance for each person and scheme."""

    kind = "mileage-past"
    label = gettext_lazy("이월 점수·시간")
    unique = ("number", "scheme")
    columns = (
        ImportColumn(
            "number", gettext_lazy("직원번호"), True, max_length=20, example="200123",
            synonyms=("사번", "행정번호", "번호")
        ),
        ImportColumn(
            "name", gettext_lazy("이름"), False, max_length=40, example="홍길동", synonyms=("성명", "직원", "직원명"),
            may_lack=True, help=gettext_lazy("적으면 직원번호의 직원과 같은지 확인합니다."),
        ),
        ImportColumn(
            "scheme", gettext_lazy("구분"), True, "choice", example="창의마일리지", synonyms=("종류", "점수 종류"),
            choices=lambda: [(scheme.value, str(scheme.label)) for scheme in Scheme],
        ),
        ImportColumn(
            "amount", gettext_lazy("점수·시간"), True, "decimal", example=12.5,
            synonyms=("점수", "시간", "누계", "잔액", "마일리지", "누적점수", "인정시간"),
        ),
        ImportColumn(
            "day", gettext_lazy("기준일"), True, "day", example="2025-12-31", synonyms=("일자", "현재"),
            help=gettext_lazy("이날까지의 점수입니다. 연도만 적으면 그해 12월 31일입니다."),
        ),
        ImportColumn(
            "document", gettext_lazy("근거 문서번호"), True, max_length=60, example="기획예산과-1234",
            synonyms=("문서번호", "근거", "근거문서"),
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.people = {fold(user.employee_number): user for user in User.objects.all()}
        self.today = today()

    @check("number")
    def check_number(self, number: str) -> None:
        if fold(number) not in self.people:
            raise Rejected(_("없는 직원번호입니다. 번호를 확인해 주세요."))

    @check("number")
    def check_own(self, number: str) -> None:
        person = self.people.get(fold(number))
        if person and self.actor is not SYSTEM and not can(self.actor, "mileage.take_over", person):
            raise Rejected(_("자신의 이월 점수·시간은 다른 담당자가 올려야 합니다. 이 행을 빼 주세요."))

    @check("name", "number")
    def check_name(self, name: str, number: str) -> None:
        person = self.people.get(fold(number))
        if name and person and fold(person.name) != fold(name):
            raise Rejected(_("이 직원번호의 이름과 다릅니다. 번호와 이름을 확인해 주세요."))

    @check("amount")
    def check_amount(self, amount: Decimal) -> None:
        if not 0 <= amount <= MOST or amount * 100 != int(amount * 100):
            raise Rejected(_("0 이상의 수를 소수점 둘째 자리까지 입력해 주세요."))

    @check("day")
    def check_day(self, day: Day) -> None:
        if day.last > self.today:
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."))

    @check("document")
    def check_document(self, text: str) -> None:
        document_number(text, field="document")

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Entry.objects.standing().filter(rule__in=OPENINGS)
        known = rows.values_list("account__user__employee_number", "account__scheme").iterator()
        return {key for number, scheme in known if (key := (fold(number), scheme)) in keys}

    def clean_row(self, row: RawRow) -> openings.Opening:
        values = row.values
        return openings.Opening(
            user=self.people[fold(values["number"])],
            scheme=Scheme(values["scheme"]),
            amount=hundredths(values["amount"]),
            day=values["day"].last,
            document=values["document"].strip(),
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += openings.take_in(rows, actor=actor)
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        """Lines of a ledger stay; each gets its opposite."""
        openings.give_up(made, actor=actor)
        return []

    def exported(self) -> Iterator[dict[str, Any]]:
        """What stands of them."""
        standing = Entry.objects.standing().filter(rule__in=OPENINGS).select_related("account__user")
        for entry in standing.order_by("account__user__employee_number", "account__scheme").iterator():
            user = entry.account.user
            yield {
                "number": user.employee_number,
                "name": user.name,
                "scheme": entry.account.scheme,
                "amount": Decimal(entry.amount) / 100,
                "day": Day(entry.day),
                "document": entry.reason,
            }

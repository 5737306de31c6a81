"""What a decision gives, before it is given."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from awards.enums import Receiver, Tax
from awards.policies import DEPARTMENT_TAXED
from basis.errors import Rejected
from basis.personal import Kind, find


@dataclass(frozen=True, kw_only=True)
class Gift:
    """One receiver's part, already split. `key` names the decision and the receiver in it: it gives once. `points`
    (hundredths) are those of the ledger, and stand only with whom personnel favour goes to (P16). `withheld`: why it is
    not handed over for now (P13). `kind`, `division`, `period`: what the contest was, in words. Not `from_purse`: paid
    from elsewhere, nothing is set aside."""

    key: str
    title: str
    grade: str
    thing: Model
    work: str
    decided_on: date
    decision: str
    receiver: Receiver
    user: Any = None
    department: Any = None
    name: str = ""
    share: Decimal = Decimal(100)
    amount: int = 0
    points: int = 0
    leave_days: int = 0
    other: str = ""
    withheld: str = ""
    kind: str = ""
    division: str = ""
    period: str = ""
    from_purse: bool = True

    @property
    def tax(self) -> Tax:
        """A citizen's prize is free of tax without any withholding (A1), staff's is income with their pay (A2)."""
        if not self.amount:
            return Tax.NONE
        if self.receiver == Receiver.CITIZEN:
            return Tax.FREE
        if self.receiver == Receiver.DEPARTMENT:
            return Tax.EARNED if DEPARTMENT_TAXED.on(self.decided_on) else Tax.NONE
        return Tax.EARNED

    def check(self) -> None:
        """Rejected: no receiver or more than one, or a text with what looks like a resident number (A1)."""
        whom = {
            Receiver.STAFF: self.user is not None,
            Receiver.DEPARTMENT: self.department is not None and self.user is None,
            Receiver.CITIZEN: self.user is None and bool(self.name.strip()),
        }
        if not whom[Receiver(self.receiver)]:
            raise Rejected(_("시상을 받는 사람을 정해 주세요."))
        if min(self.amount, self.points, self.leave_days) < 0:
            raise Rejected(_("시상금과 점수, 휴가는 0 이상이어야 합니다."))
        refuse_resident(
            *(value for field in fields(self) if isinstance(value := getattr(self, field.name), str))
        )


def refuse_resident(*texts: str) -> None:
    """Rejected where a text holds a resident number: a prize of the district never needs one (A1)."""
    if any(found.kind == Kind.RESIDENT for text in texts for found in find(text)):
        raise Rejected(
            _("주민등록번호로 보이는 숫자가 있습니다. 시상에는 주민등록번호를 쓰지 않으니 지워 주세요.")
        )

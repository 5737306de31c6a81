"""나의 마일리지: when, for what, how much, and what there is now (M6)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from core.formats import date_weekday
from core.lists import Column, ListView
from mileage import catalogue
from mileage.enums import Scheme
from mileage.models import Entry
from mileage.rules import amount_text


def rule_label(key: str) -> str:
    return str(catalogue.rule_of(key).label)


class Statement(ListView):
    """One's own points of one scheme, the latest first."""

    permission = "mileage.own"
    section = "mileage"
    title = gettext_lazy("나의 마일리지")
    file_name = gettext_lazy("나의_마일리지")
    default_order = ("-sequence",)
    crumbs = ((gettext_lazy("마일리지"), None),)
    empty_message = gettext_lazy("기록이 없습니다.")
    columns = (
        Column("day", gettext_lazy("일자"), ("day",), date_weekday, kind="date", width=14),
        Column("title", gettext_lazy("내용"), ("title",), primary=True, width=50),
        Column("rule", gettext_lazy("기준"), ("rule",), rule_label, excel=rule_label, width=24),
        Column("amount", gettext_lazy("점수"), ("amount",), amount_text, align="right"),
        Column("balance", gettext_lazy("잔액"), ("balance",), amount_text, align="right"),
    )

    def get_queryset(self, user: Any) -> QuerySet[Entry]:
        return Entry.objects.filter(account__user=user, account__scheme=Scheme.CREATIVITY)

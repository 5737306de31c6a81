"""점수 기준: what earns how much, since when, up to which cap, by which document (M2, M4)."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import NOTHING, date_weekday
from basis.periods import PeriodKind
from core.cells import Cell
from core.now import today
from core.page import BaseView, Request
from core.permissions import NOBODY
from mileage import catalogue
from mileage.enums import Scheme
from mileage.selectors.amounts import Step, in_force, steps
from mileage.views.statement import HOME
from organization.views.tables import table
from policies.registry import Policy
from policies.selectors import display

PER = {
    PeriodKind.MONTH: gettext_lazy("한 달 %(limit)s"),
    PeriodKind.QUARTER: gettext_lazy("분기 %(limit)s"),
    PeriodKind.HALF: gettext_lazy("반기 %(limit)s"),
    PeriodKind.YEAR: gettext_lazy("한 해 %(limit)s"),
}


class RulesPage(BaseView):
    """Open to all staff: what is counted is no secret."""

    permission = "mileage.own"
    reveals = NOBODY
    section = "mileage"
    template_name = "mileage/rules.html"
    title = gettext_lazy("점수 기준")
    crumbs = (HOME, (title, None))

    def get(self, request: Request) -> HttpResponse:
        aside = {*catalogue.OPENINGS, *(rule.key for rule in catalogue.BY_HAND.values())}
        day, rules = today(), list(catalogue.rules().values())
        policies = {p.key: p for rule in rules for p in (rule.amount, rule.cap and rule.cap.limit) if p}
        found = steps(policies.values())
        return self.render(
            {
                "title": self.title,
                "lead": _(
                    "%(day)s 현재 · 일어난 날의 기준으로 드리고, 기준이 바뀌어도 드린 점수는 그대로입니다."
                )
                % {"day": date_weekday(day)},
                "tables": [
                    (
                        scheme.label,
                        table(
                            scheme.label,
                            [_("기준"), _("지금 값"), _("언제부터"), _("그 전"), _("상한"), _("근거")],
                            [
                                rule_row(rule, found, day)
                                for rule in rules
                                if rule.scheme == scheme and rule.key not in aside
                            ],
                            right=(1, 4),
                        ),
                    )
                    for scheme in Scheme
                ],
            }
        )


def rule_row(rule: catalogue.Rule, found: dict[str, list[Step]], day: date) -> list[Cell | str]:
    if rule.amount is None:
        return [
            str(rule.label),
            _("인정받은 만큼"),
            NOTHING,
            NOTHING,
            cap_cell(rule, found, day),
            source(rule, found, day),
        ]
    own = found[rule.amount.key]
    now = in_force(own, day)
    place = own.index(now)
    before, coming = own[:place], own[place + 1 :]
    later = " / ".join(
        _("%(day)s부터 %(value)s")
        % {"day": date_weekday(step.since), "value": display(rule.amount, step.value)}
        for step in coming
        if step.since is not None
    )
    return [
        Cell(str(rule.label), url=reverse("policy", args=[rule.amount.key])),
        Cell(display(rule.amount, now.value), sub=later or None),
        date_weekday(now.since) if now.since else _("처음부터"),
        " / ".join(
            earlier(rule.amount, step, after) for step, after in zip(before, own[1 : place + 1], strict=True)
        )
        or NOTHING,
        cap_cell(rule, found, day),
        now.document,
    ]


def earlier(policy: Policy[Any], step: Step, after: Step) -> str:
    """`2015. 12. 31.(목)까지 1점`: until the day before what followed."""
    assert after.since is not None
    return _("%(day)s까지 %(value)s") % {
        "day": date_weekday(after.since - timedelta(days=1)),
        "value": display(policy, step.value),
    }


def cap_cell(rule: catalogue.Rule, found: dict[str, list[Step]], day: date) -> Cell:
    if rule.cap is None:
        return Cell(NOTHING)
    if not rule.cap.limits(day):
        return Cell(_("상한 없음"), url=reverse("policy", args=[rule.cap.limit.key]))
    limit = display(rule.cap.limit, in_force(found[rule.cap.limit.key], rule.cap.period(day).end).value)
    return Cell(str(PER[rule.cap.kind]) % {"limit": limit}, url=reverse("policy", args=[rule.cap.limit.key]))


def source(rule: catalogue.Rule, found: dict[str, list[Step]], day: date) -> str:
    return in_force(found[rule.cap.limit.key], day).document if rule.cap else NOTHING

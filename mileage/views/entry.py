"""왜?: how one entry came to be and to its amount (M2–M4, M6)."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.formats import date_weekday, datetime_ko
from core.access import Look
from core.components import Action, Badge
from core.ledger.verify import stands
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from mileage import catalogue
from mileage.enums import Scheme
from mileage.models import Entry
from mileage.rules import amount_text
from mileage.selectors import sources
from mileage.selectors.handover import handed_over, waiting
from mileage.selectors.requests import behind, reversal_asked
from mileage.selectors.why import CapUse, Why, why
from mileage.views.periods import with_query
from mileage.views.statement import HOME, statement_url
from organization.selectors import department_held


def get_entry(user: Any, pk: int) -> Entry:
    """404 for who may not know of it."""
    rows = Entry.objects.visible_to(user).select_related(
        "account__user", "department", "actor__department", "reverses", "reversal__actor__department"
    )
    return get_object_or_404(rows, pk=pk)


def amount_line(entry: Entry, found: Why) -> str:
    """What the rule gave on the day, by which document; or that the amount came otherwise."""
    scheme = entry.account.scheme
    given = found.amount_of_rule()
    if found.step is None:
        return _("이 기준은 정해진 점수가 없어 인정받은 만큼 드립니다: %(amount)s") % {
            "amount": amount_text(entry.asked, scheme)
        }
    words = {
        "day": date_weekday(entry.day),
        "rule": found.rule.label,
        "amount": amount_text(given or 0, scheme),
        "document": found.step.document,
        "asked": amount_text(entry.asked, scheme),
    }
    if abs(entry.asked) == given:
        return _("%(day)s의 ‘%(rule)s’ 기준: %(amount)s (%(document)s)") % words
    return (
        _("%(day)s의 ‘%(rule)s’ 기준은 %(amount)s(%(document)s)이나, 이 기록은 %(asked)s으로 정했습니다.")
        % words
    )


def cap_lines(entry: Entry, use: CapUse, agrees: bool) -> list[str]:
    scheme = entry.account.scheme

    def text(amount: int) -> str:
        return amount_text(amount, scheme)

    lines = [
        _("%(period)s %(cap)s: %(limit)s (%(document)s)")
        % {
            "period": use.period.label,
            "cap": use.cap.limit.label,
            "limit": text(use.limit),
            "document": use.step.document,
        },
        _("이 기록 전까지 받은 것: %(used)s → 남은 것: %(left)s")
        % {"used": text(use.used), "left": text(use.left)},
    ]
    words = {"asked": text(entry.asked), "amount": text(entry.amount), "held": text(entry.capped)}
    if not agrees:
        lines.append(_("기록한 때의 상한으로 %(asked)s 가운데 %(amount)s을 인정했습니다.") % words)
    elif entry.capped and not entry.amount:
        lines.append(_("남은 것이 없어 %(asked)s이 인정되지 않았습니다.") % words)
    elif entry.capped:
        lines.append(_("%(asked)s 가운데 %(amount)s만 인정하고, %(held)s은 상한으로 빠졌습니다.") % words)
    else:
        lines.append(_("상한 안이므로 %(asked)s을 모두 인정했습니다.") % words)
    return lines


def look_at(entry: Entry, reader: Any) -> Look | None:
    account = entry.account
    if account.user_id == reader.pk:
        return None
    words = {"person": account.user.full_label, "scheme": account.get_scheme_display(), "title": entry.title}
    return Look(_("%(person)s %(scheme)s 기록: %(title)s") % words, account.user_id, account.user)


class EntryPage(BaseView):
    """Who may see the entry: its owner, planning, audit, whose looks are logged. Others do not know of it."""

    permission = "mileage.own"
    section = "mileage"
    template_name = "mileage/entry.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.entry.account.get_scheme_display(), self.statement), (_("왜?"), None)]

    def get_look(self) -> Look | None:
        return look_at(self.entry, self.request.user)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.entry = entry = get_entry(request.user, pk)
        account, scheme = entry.account, entry.account.scheme
        self.statement = statement_url(request.user, account.user_id, scheme) or None
        self.asked = reversal_asked(entry) if self.may_be_taken_back() else None
        self.request_behind = behind(entry)
        found = why(entry)
        balance = _("%(before)s → %(after)s") % {
            "before": amount_text(entry.balance - entry.amount, scheme),
            "after": amount_text(entry.balance, scheme),
        }
        return self.render(
            {
                "title": entry.title,
                "lead": f"{account.get_scheme_display()} · {date_weekday(entry.day)}",
                "badges": self.badges(),
                "actions": self.actions(),
                "amount": amount_text(entry.amount, scheme),
                "arithmetic": self.arithmetic(found),
                "facts": [
                    (_("직원"), account.user.full_label),
                    (_("기준"), found.rule.label),
                    (_("일어난 날"), date_weekday(entry.day)),
                    (_("당시 부서"), self.place()),
                    (_("기록 일시"), datetime_ko(timezone.localtime(entry.recorded_at))),
                    (_("처리자"), str(entry.actor or _("시스템"))),
                    (_("잔액"), balance),
                    (_("사유"), entry.reason),
                    *self.by_hand(),
                    *self.handed_over(),
                ],
                "source_url": self.source_url(),
                "asked": self.asked,
                "asked_by": f"{self.asked.requested_by} · {self.moment_of(self.asked.requested_at)}"
                if self.asked
                else "",
                "reversal": getattr(entry, "reversal", None),
                "reversed_on": self.moment(getattr(entry, "reversal", None)),
                "original": entry.reverses,
                "sound": stands(entry),
                "place": _("%(number)d번째 기록") % {"number": entry.sequence},
                "policy_url": reverse("policy", args=[found.rule.amount.key]) if found.rule.amount else "",
                "cap_url": reverse("policy", args=[found.cap.cap.limit.key]) if found.cap else "",
                "counted_url": self.counted_url(found.cap),
            }
        )

    def place(self) -> str:
        """The department of the day; where the posting was entered or changed later, also the one recorded (O2)."""
        held = department_held(self.entry.account.user_id, self.entry.day)
        names = {"held": held or _("소속 없음"), "recorded": self.entry.department or _("소속 없음")}
        if held == self.entry.department:
            return str(names["held"])
        return _("%(held)s (기록할 때는 %(recorded)s, 발령이 나중에 등록됨)") % names

    def by_hand(self) -> list[tuple[Any, Any]]:
        """Who asked for it, where a second person confirmed."""
        if self.request_behind is None:
            return []
        asked = self.request_behind
        return [(_("요청자"), str(asked.requested_by)), (_("근거 문서번호"), asked.document)]

    def handed_over(self) -> list[tuple[Any, Any]]:
        """When its hours went to general affairs (M7)."""
        if self.entry.account.scheme != Scheme.LEARNING:
            return []
        if found := handed_over([self.entry.pk]).get(self.entry.pk):
            words = {"number": found.number, "day": date_weekday(found.day)}
            return [(_("총무과 인계"), _("제%(number)d호 · %(day)s") % words)]
        waits = waiting(Entry.objects.filter(pk=self.entry.pk).exclude(amount=0)).exists()
        return [(_("총무과 인계"), _("인계 전"))] if waits else []

    def badges(self) -> list[Badge]:
        entry, found = self.entry, []
        if entry.reverses_id is not None:
            found.append(Badge(_("취소 기록"), "neutral"))
        elif hasattr(entry, "reversal"):
            found.append(Badge(_("취소됨"), "danger"))
        if entry.reverses_id is None and entry.capped:
            found.append(Badge(_("상한 적용"), "warning"))
        return found

    def may_be_taken_back(self) -> bool:
        """It stands, and the reader knows of requests."""
        entry = self.entry
        if entry.reverses_id is not None or hasattr(entry, "reversal"):
            return False
        return can(self.request.user, "mileage.view_all")

    def actions(self) -> list[Action]:
        entry = self.entry
        if self.asked or not self.may_be_taken_back() or not can(self.request.user, "mileage.manage"):
            return []
        return [Action(_("기록 취소 요청"), reverse("mileage:entry_reverse", args=[entry.pk]))]

    def arithmetic(self, found: Why) -> list[str]:
        entry = self.entry
        if entry.reverses is not None:
            lines = [
                _("%(day)s에 기록된 ‘%(title)s’ %(amount)s을 되돌린 기록입니다.")
                % {
                    "day": datetime_ko(timezone.localtime(entry.reverses.recorded_at)),
                    "title": entry.title,
                    "amount": amount_text(entry.reverses.amount, entry.account.scheme),
                }
            ]
            if self.request_behind:
                lines.append(
                    _(
                        "직접 취소했으므로 같은 일로 다시 드리지 않습니다. 필요하면 기획예산과에서 다시 등록합니다."
                    )
                )
            return lines
        lines = [amount_line(entry, found)]
        if found.cap:
            lines += cap_lines(entry, found.cap, found.agrees(entry))
        return lines

    def source_url(self) -> str:
        entry = self.entry
        key = (entry.source_type_id or 0, entry.source_id or 0)
        return sources.links(self.request.user, [key]).get(key, "") if entry.source_id else ""

    def counted_url(self, use: CapUse | None) -> str:
        """The lines that the cap counts, in the statement."""
        if use is None or self.statement is None:
            return ""
        rules = catalogue.sharing(use.cap)
        return with_query(self.statement, period=use.period.key, rule=rules[0] if len(rules) == 1 else None)

    @classmethod
    def moment(cls, entry: Entry | None) -> str:
        return cls.moment_of(entry.recorded_at) if entry else ""

    @staticmethod
    def moment_of(at: datetime) -> str:
        return datetime_ko(timezone.localtime(at))

"""Policy values: a page for each process, history, change with preview, withdrawal."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday, datetime_ko
from core.components import Action, Event
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.views.forms import ConfirmPage, PreviewPage
from policies import selectors, services
from policies.forms import ChangeForm, change_form
from policies.models import PolicyValue
from policies.registry import Policy, all_policies, get_policy

HOME = (gettext_lazy("업무 방침"), reverse_lazy("policies"))


def find_policy(key: str) -> Policy[Any]:
    """404 for a key nobody declared."""
    policy = get_policy(key)
    if policy is None:
        raise Http404
    return policy


def planned_text(policy: Policy[Any], row: PolicyValue) -> str:
    day, value = date_weekday(row.effective_from), selectors.display(policy, row.value)
    return _("%(day)s부터 %(value)s") % {"day": day, "value": value}


class PolicyList(BaseView):
    """The rules of one process in words, each with its value in the sentence."""

    permission = "policies.view"
    section = "manage"
    template_name = "policies/list.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.names[self.process], None)]

    def get(self, request: Request, process: str = "") -> HttpResponse:
        self.names = selectors.processes()
        self.process = process or next(iter(self.names))
        if self.process not in self.names:
            raise Http404
        shown = [p for p in all_policies() if selectors.process_of(p) == self.process]
        return self.render(
            {
                "title": _("업무 방침: %(process)s") % {"process": self.names[self.process]},
                "lead": _(
                    "값을 바꾸면 시행일부터 시작하는 업무에 적용되고, 이미 시작된 업무는 그때의 값을 지킵니다."
                ),
                "tabs": [
                    {
                        "label": label,
                        "url": reverse("policies_process", args=[key]),
                        "count": None,
                        "current": key == self.process,
                    }
                    for key, label in self.names.items()
                ],
                "items": [self.item(found) for found in selectors.standings(shown)],
                "may_change": can(request.user, "policies.change"),
            }
        )

    @staticmethod
    def item(found: selectors.Standing) -> dict[str, Any]:
        policy = found.policy
        return {
            "label": policy.label,
            "sentence": found.sentence,
            "since": _("%(day)s부터") % {"day": date_weekday(found.since)} if found.since else _("처음부터"),
            "source": found.source,
            "planned": [planned_text(policy, row) for row in found.planned],
            "url": reverse("policy", args=[policy.key]),
            "change_url": reverse("policy_change", args=[policy.key]),
        }


class PolicyPage(BaseView):
    """One policy: today's value, planned changes, history."""

    permission = "policies.view"
    section = "manage"
    template_name = "policies/detail.html"

    def get_crumbs(self) -> Crumbs:
        process = selectors.process_of(self.policy)
        return [
            HOME,
            (self.policy.process, reverse("policies_process", args=[process])),
            (self.policy.label, None),
        ]

    def get(self, request: Request, key: str) -> HttpResponse:
        self.policy = policy = find_policy(key)
        rows = selectors.history(policy)
        change = Action(_("값 바꾸기"), reverse("policy_change", args=[key]))
        may_change = can(request.user, "policies.change")
        day = today()
        live = [row for row in rows if row.withdrawn_at is None]
        return self.render(
            {
                "title": policy.label,
                "primary": change if may_change else None,
                "sentence": selectors.sentence(policy, policy.current()),
                "planned": [self.plan(row, may_change) for row in live if row.effective_from > day],
                "today": [self.plan(row, may_change) for row in live if row.effective_from == day],
                "events": [*(self.event(row) for row in rows), *self.beginnings()],
            }
        )

    def plan(self, row: PolicyValue, may_change: bool) -> dict[str, Any]:
        url = reverse("policy_withdraw", args=[row.pk]) if may_change else ""
        return {"text": planned_text(self.policy, row), "document": row.document, "withdraw_url": url}

    def event(self, row: PolicyValue) -> Event:
        value = selectors.display(self.policy, row.value)
        if row.withdrawn_at:
            text = _("%(value)s (취소됨: %(at)s)") % {"value": value, "at": datetime_ko(row.withdrawn_at)}
        else:
            text = value
        return Event(
            when=_("%(day)s 시행") % {"day": date_weekday(row.effective_from)},
            text=text,
            who=str(row.author) if row.author else _("시스템"),
            note=f"{row.document} · {row.reason} · {datetime_ko(row.created_at)}",
            tone="neutral" if row.withdrawn_at else "info",
        )

    def beginnings(self) -> list[Event]:
        """The declared values, the latest first."""
        policy, whens = self.policy, [_("처음 값")]
        whens += [_("%(day)s 시행") % {"day": date_weekday(until)} for until, _value in policy.earlier]
        values = [*(value for _until, value in policy.earlier), policy.default]
        return [
            Event(when=when, text=selectors.display(policy, value), note=str(policy.source))
            for when, value in zip(reversed(whens), reversed(values), strict=True)
        ]


class PolicyChange(PreviewPage):
    """A new value from a day on, by a document; first what it touches."""

    permission = "policies.change"
    section = "manage"
    check = gettext_lazy("바뀌는 업무 확인")
    submit = gettext_lazy("방침 변경")
    success = gettext_lazy("방침 값이 등록되었습니다.")

    def prepare(self) -> None:
        self.policy = find_policy(self.kwargs["key"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.policy.label, self.get_cancel_url()), (_("값 바꾸기"), None)]

    def get_title(self) -> str:
        return _("%(label)s 값 바꾸기") % {"label": self.policy.label}

    def get_context(self) -> dict[str, Any]:
        found = selectors.sentence(self.policy, self.policy.current())
        return {"lead": _("지금: %(rule)s") % {"rule": f"{found.before}{found.value}{found.after}"}}

    def get_form_class(self) -> type[ChangeForm]:
        return change_form(self.policy)

    def get_initial(self) -> dict[str, Any]:
        return {"value": self.policy.current(), "effective_from": today()}

    def get_cancel_url(self) -> str:
        return reverse("policy", args=[self.policy.key])

    def foresee(self, form: ChangeForm) -> list[Any]:
        data = form.cleaned_data
        day: dt.date = data["effective_from"]
        value = services.check_change(self.policy, value=data["value"], effective_from=day)
        old = selectors.display(self.policy, selectors.value_before(self.policy, day))
        new = selectors.display(self.policy, value)
        names = {"old": old, "new": new, "day": date_weekday(day)}
        return [
            _("%(day)s 이후 시작하는 업무: %(old)s → %(new)s") % names,
            _("%(day)s 전에 시작된 업무: %(old)s 그대로") % names,
            *selectors.keeps(self.policy, day),
        ]

    def act(self, form: ChangeForm) -> str:
        services.change(self.policy, author=self.request.user, **form.cleaned_data)
        return self.get_cancel_url()


class PolicyWithdraw(ConfirmPage):
    permission = "policies.change"
    section = "manage"
    title = gettext_lazy("방침 변경 취소")
    success = gettext_lazy("방침 변경이 취소되었습니다.")

    def prepare(self) -> None:
        self.row = get_object_or_404(PolicyValue, pk=self.kwargs["pk"], withdrawn_at=None)
        self.policy = find_policy(self.row.key)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.policy.label, self.get_cancel_url()), (self.title, None)]

    def get_text(self) -> str:
        text = planned_text(self.policy, self.row)
        return _("%(label)s 변경(%(text)s)을 취소할까요?") % {"label": self.policy.label, "text": text}

    def foresee(self) -> list[str]:
        day = self.row.effective_from
        names = {
            "old": selectors.display(self.policy, self.row.value),
            "new": selectors.display(self.policy, selectors.value_before(self.policy, day)),
            "day": date_weekday(day),
        }
        return [_("%(day)s 이후 시작하는 업무: %(old)s → %(new)s") % names]

    def get_cancel_url(self) -> str:
        return reverse("policy", args=[self.policy.key])

    def act(self) -> str:
        services.withdraw(self.row, author=self.request.user)
        return self.get_cancel_url()

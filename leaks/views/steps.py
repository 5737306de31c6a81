"""The steps of a leak, and how many people there were."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock import explain_hours
from core.now import now
from core.page import Crumbs
from core.permissions import ensure
from core.views.forms import ConfirmPage, FormPage
from core.views.steps import ConfirmStep, ReasonStep, ServiceStep
from leaks.forms import CloseForm, GroupForm, ReportForm, TellForm
from leaks.models import LeakGroup
from leaks.policies import HOME_DAYS
from leaks.selectors import waiting
from leaks.services import leaks as services
from leaks.services import persons
from leaks.views.base import HOME, Officers, Step, get_leak


class InTime(Step, ServiceStep, FormPage):
    """Beside the form stands until when."""

    template_name = "leaks/step.html"

    def is_late(self) -> bool:
        return now() > self.object.due_at

    def get_context(self) -> dict[str, Any]:
        return {"arithmetic": explain_hours(self.object.found_at, self.object.hours, _("안 때"))}


class Tell(InTime):
    step = "tell"
    form_class = TellForm
    success = gettext_lazy("통지를 기록했습니다.")
    service = staticmethod(services.tell)

    def get_form_kwargs(self) -> dict[str, Any]:
        days = HOME_DAYS.current()
        return {"leak": self.object, "days": days, "is_late": self.is_late()}

    def get_initial(self) -> dict[str, Any]:
        return {"told_at": now(), "send": True}

    def get_context(self) -> dict[str, Any]:
        leak = self.object
        lines = [
            _("지금 보낼 수 있는 사람: %(count)d명") % {"count": waiting(leak).count()},
            _("연락처를 모르는 사람: %(count)d명") % {"count": leak.persons.filter(reachable=False).count()},
            _("따로 적은 사람: %(count)d명") % {"count": leak.from_groups},
        ]
        return {**super().get_context(), "lines": lines}

    def act(self, form: TellForm) -> str:
        return self.serve(**form.cleaned_data)


class Report(InTime):
    step = "report"
    form_class = ReportForm
    success = gettext_lazy("신고를 기록했습니다.")
    service = staticmethod(services.report)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"is_late": self.is_late() and self.object.must_report}

    def get_initial(self) -> dict[str, Any]:
        return {"reported_at": now()}

    def act(self, form: ReportForm) -> str:
        return self.serve(**form.cleaned_data)


class Close(Step, ServiceStep, FormPage):
    step = "close"
    form_class = CloseForm
    lead = gettext_lazy("마친 뒤에는 고칠 수 없습니다. 관련된 사람의 명단은 보관 기간이 지나면 파기합니다.")
    success = gettext_lazy("유출 건을 마쳤습니다.")
    service = staticmethod(services.close)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"reported": self.object.reported_at is not None}

    def act(self, form: CloseForm) -> str:
        return self.serve(**form.cleaned_data)


class Withdraw(Step, ReasonStep):
    step = "withdraw"
    lead = gettext_lazy("확인해 보니 개인정보가 유출되지 않았을 때만 씁니다. 그렇게 본 까닭을 적습니다.")
    success = gettext_lazy("유출이 아닌 것으로 처리했습니다.")
    service = staticmethod(services.withdraw)


class Gather(Step, ConfirmStep):
    step = "gather"
    success = gettext_lazy("열람 기록에서 다시 찾았습니다.")
    service = staticmethod(persons.gather)

    def get_text(self) -> str:
        return _("적혀 있는 계정과 기간으로 관련된 사람을 다시 찾습니다.")


class GroupNew(Step, FormPage):
    step = "group_new"
    binds = False
    form_class = GroupForm
    submit = gettext_lazy("저장")
    lead = gettext_lazy("열람 기록에 나오지 않는 사람들의 수를 적습니다. 예: 종이 서류 12명")
    success = gettext_lazy("인원을 적었습니다.")

    def act(self, form: GroupForm) -> str:
        persons.count(self.object, actor=self.actor, **form.cleaned_data)
        return self.get_success_url()


class _OfGroup(Officers):
    permission = "leaks.act"
    title: ClassVar[Any] = ""

    def prepare(self) -> None:
        self.group = get_object_or_404(LeakGroup.objects.select_related("leak"), pk=self.kwargs["pk"])
        self.leak = get_leak(self.actor, self.group.leak_id)
        ensure(self.actor, "leaks.act", self.leak)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.leak.code, self.leak.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.leak.get_absolute_url()


class Group(_OfGroup, FormPage):
    """How many people stood on a list, or belong to a group."""

    form_class = GroupForm
    template_name = "leaks/group.html"
    title = gettext_lazy("인원 적기")
    submit = gettext_lazy("저장")
    success = gettext_lazy("인원을 적었습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"listed": self.group.from_log}

    def get_initial(self) -> dict[str, Any]:
        group = self.group
        return {
            "title": group.title,
            "people": group.people,
            "estimated": group.estimated,
            "note": group.note,
        }

    def get_context(self) -> dict[str, Any]:
        return {"group": self.group}

    def act(self, form: GroupForm) -> str:
        persons.count(self.leak, group=self.group, actor=self.actor, **form.cleaned_data)
        return self.get_cancel_url()


class GroupRemove(_OfGroup, ConfirmPage):
    title = gettext_lazy("적은 인원 지우기")
    danger = True
    success = gettext_lazy("적은 인원을 지웠습니다.")

    def get_text(self) -> str:
        return _("‘%(title)s’의 인원을 지웁니다.") % {"title": self.group.title}

    def act(self) -> str:
        persons.uncount(self.group, actor=self.actor)
        return self.get_cancel_url()

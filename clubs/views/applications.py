"""A club is asked for, changed, sent, decided on; founded by planning; renewed (C1)."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Refused, Rejected
from clubs.enums import ClubKind, ClubState
from clubs.forms.applications import ApproveForm, ClubForm, FoundForm, given, topics_for, usual
from clubs.models import Club
from clubs.policies import ALLOTMENT
from clubs.services import applications, renewal
from clubs.services.founding import FIELDS, found
from clubs.services.whole import members_of, remarks, teams_of
from clubs.views.club import HOME, SECTION, ClubStep
from clubs.views.lists import LIST
from core.now import today
from core.numbers import wholes
from core.page import BaseView, Request
from core.views.forms import ConfirmPage, FormPage
from core.views.steps import ConfirmStep, ReasonStep
from organization.bureaus import bureau_of

MOST_TOGETHER = 200


class _Writing(FormPage):
    """The form of a club on a page of its own."""

    section = SECTION
    template_name = "clubs/application_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        year = today().year
        return {"topics": topics_for(year, year + 1)}

    def get_initial(self) -> dict[str, Any]:
        bureau = bureau_of(self.request.user.department)
        return {
            "year": today().year,
            "kind": ClubKind.BUREAU,
            "bureau": bureau and bureau.pk,
            **usual(bureau),
        }

    def get_cancel_url(self) -> str:
        return reverse("clubs:list")

    def look_at(self, club: Club, people: Sequence[Any]) -> None:
        """What stops nothing is said once it is kept."""
        for line in remarks(club, people):
            messages.warning(self.request, line)


class ClubNew(_Writing):
    permission = "clubs.apply"
    form_class = ClubForm
    title = gettext_lazy("동아리 신청하기")
    submit = gettext_lazy("신청서 저장")
    lead = gettext_lazy("쓰다가 저장해 두고 이어서 쓸 수 있습니다. 다 쓰면 다음 화면에서 신청해 주세요.")
    success = gettext_lazy("신청서를 저장했습니다. 내용을 확인한 뒤 신청해 주세요.")
    crumbs = (HOME, (title, None))

    def get_draft_key(self) -> str:
        return "clubs.club.new"

    def act(self, form: ClubForm) -> str:
        people = form.people()
        club = applications.create(form.values(), people, form.teams(), actor=self.actor)
        self.look_at(club, [one.user for one in people])
        return club.get_absolute_url()


class ClubFound(_Writing):
    """Planning founds a club without an application."""

    permission = "clubs.plan"
    form_class = FoundForm
    title = gettext_lazy("동아리 바로 등록")
    submit = gettext_lazy("동아리 등록")
    lead = gettext_lazy("신청과 승인을 거치지 않고 활동 중인 동아리로 등록합니다. 회원에게 알립니다.")
    success = gettext_lazy("동아리를 등록하고 회원에게 알렸습니다.")
    crumbs = (HOME, LIST, (title, None))

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "begun_on": today(), "allotment": ALLOTMENT.on(today())}

    def get_draft_key(self) -> str:
        return "clubs.club.found"

    def act(self, form: FoundForm) -> str:
        people, data = form.people(), form.cleaned_data
        club = found(
            form.values(),
            people,
            form.teams(),
            begun_on=data["begun_on"],
            allotment=data["allotment"],
            actor=self.actor,
        )
        self.look_at(club, [one.user for one in people])
        return club.get_absolute_url()


class ClubEdit(ClubStep, _Writing):
    step = "edit"
    form_class = ClubForm
    submit = gettext_lazy("신청서 저장")
    success = gettext_lazy("신청서를 저장했습니다. 다 쓰면 신청해 주세요.")

    def get_draft_key(self) -> str:
        return f"clubs.club.{self.object.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        club = self.object
        return {
            "topics": topics_for(club.year, today().year, club=club),
            "people": club.founders.count(),
            "teams": max((one.number for one in club.teams.all()), default=0),
        }

    def get_initial(self) -> dict[str, Any]:
        club = self.object
        people = members_of(club)
        return {
            **{name: getattr(club, name) for name in (*FIELDS, "version")},
            "bureau": club.bureau_id,
            **(given(people, teams_of(club)) if people else usual(club.bureau) | given([], teams_of(club))),
        }

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())

    def act(self, form: ClubForm) -> str:
        people = form.people()
        club = applications.edit(
            self.object,
            form.values(),
            people,
            form.teams(),
            version=form.cleaned_data["version"],
            actor=self.actor,
        )
        self.look_at(club, [one.user for one in people])
        return self.get_success_url()


class ClubApply(ClubStep, ConfirmStep):
    step = "apply"
    success = gettext_lazy("동아리를 신청했습니다. 기획예산과에서 승인하면 알려 드립니다.")
    service = staticmethod(applications.apply)

    def get_text(self) -> str:
        return _("‘%(name)s’ 동아리를 신청할까요? 승인하기 전에는 거두어 고칠 수 있습니다.") % {
            "name": self.object.name
        }


class ClubTakeBack(ClubStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("신청을 거두었습니다. 고친 뒤 다시 신청해 주세요.")
    service = staticmethod(applications.take_back)


class ClubGiveBack(ClubStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("신청한 직원에게 보완을 요청했습니다.")
    service = staticmethod(applications.give_back)


class ClubApprove(ClubStep, FormPage):
    step = "approve"
    form_class = ApproveForm
    binds = True
    lead = gettext_lazy("승인하면 동아리가 활동을 시작하고 회원 모두에게 알립니다.")
    success = gettext_lazy("동아리를 승인하고 회원에게 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"allotment": ApproveForm.usual()}

    def act(self, form: ApproveForm) -> str:
        applications.approve(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class ClubRefuse(ClubStep, ReasonStep):
    step = "refuse"
    success = gettext_lazy("승인하지 않고 신청한 직원에게 알렸습니다.")
    service = staticmethod(applications.refuse)


class ClubWithdraw(ClubStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("동아리 신청을 취소했습니다.")
    service = staticmethod(applications.withdraw)

    def get_text(self) -> str:
        return _("‘%(name)s’ 동아리 신청을 취소할까요? 취소한 신청은 되살릴 수 없습니다.") % {
            "name": self.object.name
        }


class ClubRenew(ClubStep, ConfirmPage):
    step = "renew"
    success = gettext_lazy("다음 해의 신청서를 만들었습니다. 명단과 연구 과제를 확인한 뒤 신청해 주세요.")

    def get_text(self) -> str:
        return _(
            "‘%(name)s’ 동아리의 목적과 분임, 아직 함께할 수 있는 회원을 옮겨 %(year)d년의 신청서를 만들까요?"
        ) % {"name": self.object.name, "year": self.object.year + 1}

    def foresee(self) -> Sequence[str]:
        club = self.object
        if club.panel is None:
            return ()
        there = club.panel.seats.on(club.ended_on or today()).select_related("user__department")
        kept = {one.user.pk for one in renewal.still_fitting(club, renewal.successor(club.bureau))}
        gone = [seat.user.full_label for seat in there if seat.user_id not in kept]
        lines = [_("함께할 회원 %(count)d명") % {"count": len(kept)}]
        return [*lines, *([_("빠지는 회원: %(names)s") % {"names": ", ".join(gone)}] if gone else [])]

    def act(self) -> str:
        return renewal.renew(self.object, actor=self.actor).get_absolute_url()


class Bulk(BaseView):
    """What was chosen in the list, on to the page that does it."""

    permission = "clubs.plan"
    section = SECTION

    def get(self, request: Request) -> HttpResponse:
        return HttpResponseRedirect(reverse("clubs:list"))

    def post(self, request: Request) -> HttpResponse:
        chosen = "&".join(f"pk={pk}" for pk in wholes(request.POST.getlist("pk"))[:MOST_TOGETHER])
        places = {"approve": reverse("clubs:approve_many"), "renew": reverse("clubs:renew_many")}
        target = places.get(request.POST.get("action", "")) if chosen else None
        return HttpResponseRedirect(f"{target}?{chosen}" if target else reverse("clubs:list"))


class Many(ConfirmPage):
    """Each of those chosen; what one of them does not allow is said with its name, the others are done."""

    permission = "clubs.plan"
    section = SECTION
    states: ClassVar[Sequence[str]] = ()
    question: ClassVar[Any] = ""
    one: ClassVar[Callable[..., Any]]
    said: ClassVar[Any] = ""

    def prepare(self) -> None:
        keys = wholes(self.request.GET.getlist("pk"))[:MOST_TOGETHER]
        rows = Club.objects.visible_to(self.request.user).filter(pk__in=keys, state__in=self.states)
        self.chosen = list(rows.select_related("bureau").order_by("-year", "bureau__order", "name", "pk"))
        if not self.chosen:
            raise Http404

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            messages.error(request, _("고른 동아리 가운데 그렇게 할 수 있는 것이 없습니다."))
            return HttpResponseRedirect(reverse("clubs:list"))

    def get_text(self) -> str:
        return str(self.question)

    def foresee(self) -> Sequence[str]:
        return [f"{club.year} {club.name} ({club.place})" for club in self.chosen]

    def get_cancel_url(self) -> str:
        return reverse("clubs:list")

    def act(self) -> str:
        done = 0
        for club in self.chosen:
            try:
                type(self).one(club, actor=self.actor)
            except (Rejected, Refused) as error:
                messages.error(self.request, f"{club.name}: {error.message}")
            else:
                done += 1
        if done:
            messages.success(self.request, str(self.said) % {"count": done})
        return self.get_cancel_url()


class ApproveMany(Many):
    title = gettext_lazy("동아리 승인")
    submit = gettext_lazy("모두 승인하기")
    crumbs = (HOME, LIST, (title, None))
    states = (ClubState.APPLIED,)
    question = gettext_lazy("아래 동아리를 모두 승인할까요? 지원 한도는 방침에서 정한 금액입니다.")
    one = staticmethod(applications.approve)
    said = gettext_lazy("동아리 %(count)d개를 승인했습니다.")


class RenewMany(Many):
    title = gettext_lazy("다음 해로 이어 쓰기")
    submit = gettext_lazy("모두 이어 쓰기")
    crumbs = (HOME, LIST, (title, None))
    states = (ClubState.ACTIVE, ClubState.ENDED)
    question = gettext_lazy("아래 동아리의 다음 해 신청서를 만들까요? 동아리의 총무가 확인하여 신청합니다.")
    one = staticmethod(renewal.renew)
    said = gettext_lazy("동아리 %(count)d개의 다음 해 신청서를 만들었습니다.")

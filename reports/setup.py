"""The step of the first set-up that says from when reports are made (R1)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_ko
from core.office import office
from organization.sockets import SetupStep
from policies.models import PolicyValue
from reports.policies import START_ON


def _since() -> str:
    first = START_ON.current()
    return _("%(day)s부터 만듭니다.") % {"day": date_ko(max(first, office().begun_on or first))}


def _where() -> str:
    """Afterwards it is planning that changes it."""
    return reverse("policy_change" if office().set_up_since else "policy", args=[START_ON.key])


STEP = SetupStep(
    "reports",
    60,
    gettext_lazy("보고서 시작일"),
    gettext_lazy(
        "예정일이 이날 이후인 보고서부터 자동으로 만듭니다. 설정을 시작하기 전의 보고서는 만들지 않습니다."
    ),
    _where,
    _since,
    lambda: PolicyValue.objects.filter(key=START_ON.key, withdrawn_at=None).exists(),
)

"""The step of the first set-up that makes the system an office's."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.sockets import SetupStep
from policies.models import PolicyValue
from profiles.offices import names, read


def applied() -> str:
    """Label of the office whose document set a value last; empty if none did."""
    labels = {(office := read(name)).document: office.label for name in names()}
    rows = PolicyValue.objects.filter(withdrawn_at=None, document__in=labels).order_by("-pk")
    found = rows.values_list("document", flat=True).first()
    return labels[found] if found else ""


STEP = SetupStep(
    "profile",
    70,
    gettext_lazy("구청 프로필"),
    gettext_lazy("비슷한 구청의 용어와 업무 방침으로 시작합니다. 하나씩 정하려면 건너뜁니다."),
    lambda: reverse("profiles"),
    lambda: applied() or _("적용하지 않음"),
    lambda: bool(applied()),
)

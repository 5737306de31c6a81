"""What profiles declare: their step of the first set-up."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import number
from core.process import Process
from organization.sockets import SETUP, SetupStep
from policies.models import PolicyValue


def _values() -> str:
    standing = PolicyValue.objects.filter(withdrawn_at=None)
    return _("기본값과 다른 용어와 방침 %(count)s건") % {"count": number(standing.count())}


PROCESS = Process(
    plugs={
        SETUP: [
            SetupStep(
                "profile",
                70,
                gettext_lazy("구청 프로필"),
                gettext_lazy(
                    "비슷한 구청의 용어와 방침을 비교하고 한꺼번에 불러옵니다. 기본값을 쓰려면 그대로 마칩니다."
                ),
                lambda: reverse("profiles"),
                _values,
            )
        ]
    }
)

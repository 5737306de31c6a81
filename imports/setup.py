"""The step of the first set-up for the years before."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import number
from imports.enums import IntakeState
from imports.models import Intake
from organization.sockets import SetupStep


def _saved() -> str:
    files = Intake.objects.filter(state=IntakeState.SAVED, kind__endswith="-past")
    return _("지난 자료 파일 %(count)s개를 저장했습니다.") % {"count": number(files.count())}


STEP = SetupStep(
    "past",
    80,
    gettext_lazy("지난 자료"),
    gettext_lazy(
        "부서 연혁을 먼저 올리고, 그 밖의 지난 자료는 기획 담당자가 각 목록의 ‘지난 자료 가져오기’에서 올립니다."
    ),
    lambda: reverse("import_start", args=["departments-past"]),
    _saved,
)

"""The steps of the first set-up with what stands there already, and the checks of the machine."""

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.formats import number
from core.health import HEALTH
from core.office import Hint
from core.permissions import can
from organization import office
from organization.enums import DepartmentKind, DepartmentRole, Position, Role
from organization.models import Department, Office, RoleAssignment, StaffList, User
from organization.selectors import without_password
from organization.sockets import MACHINE, SETUP, MachineCheck, SetupStep

log = logging.getLogger(__name__)
FREE = 2 * 1024**3  # bytes of disk that should be left, a technical limit
CLOCK = timedelta(seconds=5)
SHORT = 32  # letters of a key
# Which department does what, by what such departments are usually called; the first that is there.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    DepartmentRole.PLANNING: ("기획예산", "기획", "혁신", "정책"),
    DepartmentRole.GENERAL_AFFAIRS: ("총무", "행정지원", "자치행정", "인사"),
    DepartmentRole.IT: ("전산", "정보통신", "스마트", "디지털", "정보"),
}


@dataclass(frozen=True)
class Standing:
    """A step as it is now."""

    step: SetupStep
    count: str
    done: bool
    said: bool  # by hand

    @property
    def url(self) -> str:
        return self.step.url()


def standings() -> list[Standing]:
    row = Office.objects.first()
    said = set(row.passed) if row else set()
    return [
        Standing(step, step.count(), step.key in said or step.done(), step.key in said)
        for step in sorted(SETUP, key=lambda one: one.order)
    ]


def hint(user: Any) -> Hint | None:
    """While the set-up lasts: to its administrator the next step, to others that it lasts."""
    if office.current().set_up_since is None:
        return None
    if not can(user, "organization.manage"):
        return Hint(
            _("처음 설정을 하고 있는 시스템입니다. 시스템 관리자가 마치면 모든 기능을 쓸 수 있습니다.")
        )
    found = standings()
    left = [one for one in found if not one.done]
    names = {"done": len(found) - len(left), "all": len(found), "next": left[0].step.label if left else ""}
    text = _("처음 설정 %(done)d/%(all)d단계를 마쳤습니다.") % names
    if left:
        text += " " + _("다음에 할 일: %(next)s") % names
    return Hint(text, reverse("setup"), _("처음 설정으로"))


# ------------------------------------------------------------------------------------- what stands there


def _departments() -> str:
    return _("%(count)s개 부서") % {"count": number(Department.objects.filter(valid_to=None).count())}


def _people() -> str:
    people = User.objects.filter(is_active=True).exclude(department=None)
    waiting = StaffList.objects.filter(state="draft").count()
    text = _("직원 %(count)s명") % {"count": number(people.count())}
    return text + (", " + _("적용하지 않은 명단 %(count)d개") % {"count": waiting} if waiting else "")


def _has_people() -> bool:
    return User.objects.filter(is_active=True).exclude(department=None).exists()


def _roles() -> str:
    heads = User.objects.filter(is_active=True, position=Position.HEAD).count()
    held = RoleAssignment.objects.filter(valid_to=None).exclude(role=Role.ADMINISTRATOR).count()
    return _("부서장 %(heads)s명, 역할 %(held)s건") % {"heads": number(heads), "held": number(held)}


def _passwords() -> str:
    return _("비밀번호를 받지 못한 직원 %(count)s명") % {"count": number(without_password().count())}


def _machine() -> str:
    wrong = sum(bool(fault) for _label, fault in checks())
    return _("고칠 것 %(count)d가지") % {"count": wrong} if wrong else _("모두 정상")


STEPS = (
    SetupStep(
        "office", 10, gettext_lazy("기관 이름과 로고"),
        gettext_lazy("화면과 문서에 적히는 이름, 소재지, 로고입니다."),
        lambda: reverse("setup_office"), lambda: office.current().name,
        lambda: bool((row := Office.objects.first()) and row.version > 1),
    ),
    SetupStep(
        "machine", 20, gettext_lazy("서버 점검"),
        gettext_lazy("암호화 접속, 메일, 백업, 키, 시계, 디스크, 작업 프로그램을 확인합니다."),
        lambda: reverse("setup_checks"), _machine, lambda: not any(fault for _label, fault in checks()),
    ),
    SetupStep(
        "departments", 30, pgettext_lazy("목록", "부서"),
        gettext_lazy("부서 목록을 엑셀로 올립니다. 상위 부서가 먼저입니다."),
        lambda: reverse("import_start", args=["departments"]), _departments,
        lambda: Department.objects.filter(valid_to=None).exists(),
    ),
    SetupStep(
        "people", 40, gettext_lazy("직원"), gettext_lazy("인사시스템의 직원 명단을 올려 확인하고 적용합니다."),
        lambda: reverse("staff_lists"), _people, _has_people,
    ),
    SetupStep(
        "roles", 50, gettext_lazy("기능과 역할"),
        gettext_lazy("기획·총무·전산 부서와 담당자를 정합니다. 이름을 추천해 드립니다."),
        lambda: reverse("setup_roles"), _roles,
        lambda: RoleAssignment.objects.filter(role=Role.PLANNING, valid_to=None).exists(),
    ),
    SetupStep(
        "passwords", 90, gettext_lazy("처음 비밀번호"),
        gettext_lazy("부서마다 나눠 줄 인쇄물을 만들거나 전자우편으로 초대합니다."),
        lambda: reverse("staff_passwords"), _passwords, lambda: _has_people() and not without_password().exists(),
    ),
)  # fmt: skip


# ---------------------------------------------------------------------------------------- suggestions


def suggested_department(role: str) -> Department | None:
    """Who does this already, else by its name."""
    standing = Department.objects.filter(valid_to=None, kind=DepartmentKind.DIVISION)
    if held := standing.filter(role=role).first():
        return held
    for word in FUNCTIONS[role]:
        if found := standing.filter(role="", name__contains=word).order_by("order", "code").first():
            return found
    return None


def candidates(role: str) -> QuerySet[User]:
    """Among whom this role is given: by the function of the department, or by position."""
    people = User.objects.get_queryset().filter(is_active=True).exclude(department=None)
    match role:
        case Role.EXECUTIVE:
            chiefs = (Position.MAYOR, Position.VICE_MAYOR, Position.BUREAU_HEAD)
            return people.filter(position__in=chiefs).in_order()
        case Role.AUDITOR:
            return people.filter(department__name__contains="감사").in_order()
        case Role.ADMINISTRATOR:
            place = suggested_department(DepartmentRole.IT)
        case Role.GENERAL_AFFAIRS:
            place = suggested_department(DepartmentRole.GENERAL_AFFAIRS)
        case _:
            place = suggested_department(DepartmentRole.PLANNING)
    return people.filter(department=place).exclude(position=Position.HEAD).in_order()


def suggested(role: str) -> list[User]:
    """Who has it; where nobody has, the chiefs, or the leaders of teams of the department."""
    people = list(candidates(role))
    if held := [user for user in people if role in user.roles]:
        return held
    if role == Role.EXECUTIVE:
        return people
    leaders = [user for user in people if user.position == Position.TEAM_LEADER]
    return (leaders or people)[:1]


# ---------------------------------------------------------------------------------------------- checks


def checks() -> list[tuple[str, str]]:
    """What is looked at and what is wrong with it; empty where all is well."""
    named = {check.name: check for check in MACHINE}
    health = [
        (_HEALTH.get(check.name, check.name), check.fault) for check in HEALTH if check.name not in named
    ]
    found = [*((check.label, check.fault) for check in MACHINE), *health]
    return [(str(label), _asked(fault)) for label, fault in found]


_HEALTH = {
    "static": gettext_lazy("화면 파일"),
    "migrations": gettext_lazy("데이터베이스 판"),
    "worker": gettext_lazy("작업 프로그램(worker, beat)"),
    "mail": gettext_lazy("메일 발송"),
}


def _asked(fault: Callable[[], str]) -> str:
    try:
        return fault()
    except Exception:
        log.exception("set-up: a check cannot be asked")
        return _("확인할 수 없습니다.")


def _tls() -> str:
    if settings.SITE_URL.startswith("https://"):
        return ""
    return _("접속 주소(SITE_URL) %(url)s가 https로 시작하지 않습니다.") % {"url": settings.SITE_URL}


def _keys() -> str:
    if settings.LEDGER_KEY == settings.SECRET_KEY:
        return _("LEDGER_KEY를 SECRET_KEY와 다르게 정하고 백업과 함께 보관해 주세요.")
    if min(len(settings.LEDGER_KEY), len(settings.SECRET_KEY)) < SHORT:
        return _("SECRET_KEY와 LEDGER_KEY를 %(least)d자 이상으로 정해 주세요.") % {"least": SHORT}
    return ""


def _clock() -> str:
    """Of this machine beside the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        (told,) = cursor.fetchone()
    if isinstance(told, str):
        return ""  # SQLite: the same clock
    apart = abs(told - timezone.now())
    if apart <= CLOCK:
        return ""
    return _("이 서버와 데이터베이스의 시계가 %(seconds)d초 다릅니다.") % {"seconds": apart.total_seconds()}


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return (
        ""
        if free >= FREE
        else _("자료 폴더에 남은 공간이 %(mb)s MB뿐입니다.") % {"mb": number(free // 1024**2)}
    )


def _mail() -> str:
    return "" if settings.MAIL_DELIVERY else _("메일 서버(EMAIL_URL)가 설정되지 않아 메일이 나가지 않습니다.")


CHECKS: Sequence[MachineCheck] = (
    MachineCheck("tls", gettext_lazy("암호화 접속(TLS)"), _tls),
    MachineCheck("delivery", gettext_lazy("메일 서버"), _mail),
    MachineCheck("keys", gettext_lazy("키"), _keys),
    MachineCheck("clock", gettext_lazy("시계"), _clock),
    MachineCheck("disk", gettext_lazy("디스크"), _disk),
)

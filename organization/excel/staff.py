"""Staff from and to Excel (O2): a list for comparing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.formats import date_ko
from core.now import today
from organization.comparison import Row
from organization.enums import DepartmentKind, Position, StaffListState, position_text
from organization.models import Department, Posting, User
from organization.personnel import position_of, rank_of
from organization.places import Places
from organization.services import staff, stafflists


class StaffImporter(Importer):
    """A list of staff for comparing (StaffList): nothing of the office changes until it is applied."""

    kind = "staff"
    label = gettext_lazy("직원")
    unique = ("employee_number",)
    columns = (
        ImportColumn(
            "employee_number",
            gettext_lazy("직원번호"),
            True,
            max_length=20,
            example="200123",
            synonyms=("사번", "공무원번호", "행정번호", "개인번호", "사원번호"),
        ),
        ImportColumn(
            "name", gettext_lazy("이름"), True, max_length=40, example="홍길동", synonyms=("성명", "직원명")
        ),
        ImportColumn(
            "department",
            gettext_lazy("부서"),
            max_length=60,
            example="미래전략과",
            help=gettext_lazy("부서명(발령일의 이름)이나 부서 코드입니다. 외부위원은 비워 두세요."),
            synonyms=("부서 코드", "부서명", "소속", "소속부서", "현소속", "근무부서", "발령부서"),
        ),
        ImportColumn(
            "position",
            gettext_lazy("직위"),
            max_length=40,
            example="주무관",
            help=gettext_lazy("인사시스템에 적힌 그대로 둡니다. 예: 팀장 직무대리"),
            synonyms=("보직", "직위명", "직책"),
        ),
        ImportColumn(
            "rank",
            gettext_lazy("직급"),
            max_length=40,
            example="7급",
            help=gettext_lazy("예: 지방행정주사(6급), 행정7급"),
            synonyms=("직급명", "계급"),
        ),
        ImportColumn(
            "email",
            gettext_lazy("전자우편"),
            max_length=254,
            example="name@example.com",
            synonyms=("이메일", "메일", "e-mail", "전자우편주소"),
        ),
        ImportColumn(
            "valid_from",
            gettext_lazy("발령일"),
            False,
            "date",
            example="2026-01-01",
            help=gettext_lazy("비워 두면 명단의 발령일을 씁니다."),
            synonyms=("발령일자", "임용일", "현부서 발령일", "전보일"),
        ),
    )

    def prepare(self) -> None:
        self.places = Places()

    @check("email")
    def check_email(self, email: str) -> None:
        try:
            if email:
                validate_email(email)
        except ValidationError:
            raise Rejected(_("전자우편 주소를 name@example.com처럼 입력해 주세요.")) from None

    @check("department", "valid_from")
    def check_department(self, text: str, day: date | None) -> None:
        if text and self._place(text, day) is None:
            raise Rejected(_("없는 부서입니다. 부서명이나 부서 코드를 확인해 주세요."))

    @check("position")
    def check_position(self, text: str) -> None:
        if position_of(text) is None:
            raise Rejected(_("직위를 알 수 없습니다. 과장, 팀장, 주무관처럼 입력해 주세요."))

    @check("department", "position", "valid_from")
    def check_place(self, text: str, title: str, day: date | None) -> None:
        department = self._place(text, day) if text else None
        position = position_of(title, department.kind if department else DepartmentKind.DIVISION)
        if position and (department or not text):
            staff.check_place(department, position, day or today())

    def _place(self, text: str, day: date | None) -> Department | None:
        """As it was called on the row's day, else today: files are written later than people are posted."""
        return (day and self.places.find(text, day)) or self.places.find(text, today())

    def clean_row(self, row: RawRow) -> Row:
        values = row.values
        department = self._place(values["department"], values["valid_from"]) if values["department"] else None
        position = position_of(values["position"], department.kind if department else DepartmentKind.DIVISION)
        return Row(
            line=row.number,
            number=User.normalize_username(values["employee_number"]).strip(),
            name=values["name"],
            department=department.pk if department else None,
            position=position or Position.OFFICER,
            rank=rank_of(values["rank"] or values["position"]) if values["rank"] else "",
            email=values["email"],
            since=str(values["valid_from"] or ""),
        )

    def save(self, rows: list[Row], actor: Any) -> int:
        title = _("직원 명단 %(day)s (%(count)d명)") % {"day": date_ko(today()), "count": len(rows)}
        self.made.append(stafflists.take_in(rows, title=title, actor=actor))
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        if any(one.state == StaffListState.APPLIED for one in made):
            raise Rejected(_("이미 적용한 명단입니다. 먼저 적용을 되돌려 주세요."))
        return made

    def exported(self) -> Iterator[dict[str, Any]]:
        """Who is here, by names of departments, by codes where several have the name."""
        shared = _shared_names()
        begun = dict(Posting.objects.filter(valid_to=None).values_list("user_id", "valid_from"))
        people = User.objects.filter(is_active=True).select_related("department")
        for user in people.order_by("department__order", "employee_number").iterator(chunk_size=2000):
            place = user.department
            yield {
                "employee_number": user.employee_number,
                "name": user.name,
                "department": place and (place.code if place.name in shared else place.name),
                "position": position_text(user.position),
                "rank": user.rank,
                "email": user.email,
                "valid_from": begun.get(user.pk),
            }


def _shared_names() -> set[str]:
    names = Department.objects.filter(valid_to=None).values_list("name", flat=True)
    return {name for name, count in Counter(names).items() if count > 1}

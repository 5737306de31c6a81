"""Posts of an older board from its workbook (K1, N1): a row for each, with the names of its files."""

import datetime as dt
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold
from core.models import Attachment
from core.now import today
from knowledge.enums import Area, Type
from knowledge.models import Awaited, Field, Post
from knowledge.services.past import PastPost, enter_past
from knowledge.services.past_files import await_files
from organization.models import User
from organization.naming import NamesThen

_BETWEEN = re.compile(r"[;\n|]+")
LONGEST_TITLE = 120


class PastPostImporter(Importer):
    """Whoever wrote it keeps it, where still here; of who has left, the department's head is asked to hand it over."""

    kind = "knowledge-past"
    label = gettext_lazy("지난 지식")
    unique = ("title", "day")
    columns = (
        ImportColumn("day", gettext_lazy("등록일"), True, "date", example="2024-03-12",
                     synonyms=("작성일", "게시일", "일자", "날짜")),
        ImportColumn("title", gettext_lazy("제목"), True, max_length=400, example="거주자우선주차 배정 순서",
                     synonyms=("지식명", "글 제목")),
        ImportColumn("text", gettext_lazy("내용"), True, max_length=20_000, example="분기마다 신청을 받는다.",
                     synonyms=("본문", "지식 내용")),
        ImportColumn("writer", gettext_lazy("작성자"), True, max_length=60, example="200123",
                     synonyms=("등록자", "작성자명", "사번", "성명"), help=gettext_lazy("직원번호나 이름입니다.")),
        ImportColumn("department", gettext_lazy("부서"), False, max_length=60, may_lack=True, example="교통행정과",
                     synonyms=("작성 부서", "소속", "담당 부서"),
                     help=gettext_lazy("그때의 부서명입니다. 비우면 작성자의 그날 부서로 적습니다.")),
        ImportColumn("area", gettext_lazy("영역"), False, "choice", may_lack=True, synonyms=("게시판", "구분"),
                     choices=lambda: [(area.value, str(area.label)) for area in Area]),
        ImportColumn("type", gettext_lazy("유형"), False, "choice", may_lack=True, synonyms=("지식유형", "분류"),
                     choices=lambda: [(type_.value, str(type_.label)) for type_ in Type]),
        ImportColumn("field", gettext_lazy("분야"), max_length=40, may_lack=True, synonyms=("업무 분야",)),
        ImportColumn("tags", gettext_lazy("꼬리표"), max_length=200, may_lack=True, synonyms=("키워드", "태그")),
        ImportColumn("old", gettext_lazy("옛 자료인 까닭"), max_length=500, may_lack=True, synonyms=("폐기 사유",)),
        ImportColumn("files", gettext_lazy("첨부 파일"), max_length=2_000, may_lack=True, example="배정표.xlsx",
                     synonyms=("첨부", "파일", "첨부파일명"),
                     help=gettext_lazy("파일 이름입니다. 여럿이면 ;로 나눕니다. 파일은 나중에 한꺼번에 올립니다.")),
    )  # fmt: skip

    def prepare(self) -> None:
        self.today, self.names = today(), NamesThen()
        self.fields = {fold(one.name): one for one in Field.objects.all()}
        self.people: dict[str, list[User]] = {}
        for one in User.objects.exclude(department=None).select_related("department"):
            for key in {fold(one.employee_number), fold(one.name)}:
                self.people.setdefault(key, []).append(one)

    @check("day")
    def check_day(self, day: dt.date) -> None:
        if day > self.today:
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."))

    @check("title")
    def check_title(self, title: str) -> None:
        if len(_line(title)) > LONGEST_TITLE:
            raise Rejected(_("제목은 120자까지 적을 수 있습니다."))

    @check("writer")
    def check_writer(self, text: str) -> None:
        self._writer(text)

    def _writer(self, text: str) -> User:
        found = self.people.get(fold(text), [])
        if len(found) != 1:
            said = (
                _("이름이 같은 직원이 있습니다. 직원번호를 적어 주세요.")
                if found
                else _("이 직원번호나 이름의 직원이 없습니다.")
            )
            raise Rejected(said)
        return found[0]

    @check("department", "day")
    def check_department(self, text: str, day: dt.date) -> None:
        if text and not self.names.read(text, Day(day)):
            raise Rejected(_("그날 있던 부서의 이름을 적어 주세요."))

    @check("field")
    def check_field(self, text: str) -> None:
        if text and fold(text) not in self.fields:
            raise Rejected(_("없는 분야입니다. 분야를 먼저 만들거나 비워 주세요."))

    def row_key(self, values: Mapping[str, Any]) -> Hashable:
        return fold(_line(values["title"])), values["day"]

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        known = Post.objects.exclude(approved_on=None).values_list("title", "approved_on")
        return {key for title, day in known.iterator() if (key := (fold(title), day)) in keys}

    def clean_row(self, row: RawRow) -> tuple[PastPost, Sequence[str]]:
        values = row.values
        writer = self._writer(values["writer"])
        place = self.names.read(values["department"], Day(values["day"])) if values["department"] else []
        department = place[0].department if place else writer.department
        assert department is not None
        post = PastPost(
            title=_line(values["title"]),
            text=values["text"],
            day=values["day"],
            writer=writer,
            department=department,
            area=values["area"] or Area.WORK,
            type=values["type"] or Type.WORK,
            field=self.fields.get(fold(values["field"])),
            tags=values["tags"],
            old_reason=values["old"],
        )
        return post, [name for part in _BETWEEN.split(values["files"]) if (name := part.strip())]

    def save(self, rows: list[Any], actor: Any) -> int:
        made = enter_past([post for post, _names in rows], actor=actor)
        await_files((post, name) for post, (_row, names) in zip(made, rows, strict=True) for name in names)
        self.made += made
        return len(made)

    def exported(self) -> Iterator[dict[str, Any]]:
        rows = Post.objects.standing().filter(source_mark="").select_related("writer", "field").order_by("pk")
        names = _names_of_files()
        for one in rows.iterator():
            yield {
                "day": one.approved_on,
                "title": one.title,
                "text": one.text,
                "writer": one.writer.employee_number,
                "department": one.department_name,
                "area": one.area,
                "type": one.type,
                "field": one.field.name if one.field else "",
                "tags": one.tags,
                "old": one.old_reason,
                "files": "; ".join(names.get(one.pk, ())) or None,
            }


def _names_of_files() -> dict[int, list[str]]:
    """By the post: those it has, and those that are still to be brought."""
    kind, found = ContentType.objects.get_for_model(Post), dict[int, list[str]]()
    kept = Attachment.objects.filter(content_type=kind, removed_at=None).order_by("pk")
    for pk, name in [
        *kept.values_list("object_id", "name"),
        *Awaited.objects.values_list("post", "name"),
    ]:
        found.setdefault(pk, []).append(name)
    return found


def _line(text: str) -> str:
    """A name broken over lines is one."""
    return " ".join(text.split())

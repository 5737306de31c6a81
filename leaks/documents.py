"""Papers of a leak: the notice to those concerned, and what the form of the authority asks."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from basis.clock import explain_hours, hour_text
from basis.documents.model import Block, Document, Entry, Heading, KeyValues, Paragraph
from basis.formats import counted
from basis.official import in_office_language
from core.now import today
from core.office import office_name
from leaks import letters
from leaks.models import Leak, LeakGroup
from leaks.selectors import grounds


def parts(leak: Leak) -> list[tuple[str, str]]:
    """The five parts that the law asks for."""
    happened, open_ = letters.values(leak), _("확인 중")
    return [
        (_("1. 유출된 개인정보의 항목"), leak.items or open_),
        (_("2. 유출된 때와 경위"), f"{happened['happened']}\n{leak.what}"),
        (_("3. 피해를 줄이기 위해 하실 수 있는 일"), leak.advice or open_),
        (_("4. 우리 구청의 조치와 피해 구제 절차"), leak.measures or open_),
        (_("5. 피해를 신고할 부서와 연락처"), leak.contact or open_),
    ]


def _lines(text: str) -> Iterable[Paragraph]:
    return (Paragraph(line) for line in text.splitlines() if line.strip())


@in_office_language
def notice(leak: Leak) -> Document:
    """For the home page, the notice board and by hand: it names nobody."""
    opening = _(
        "%(office)s에서 아래와 같이 개인정보가 유출된 것을 %(found)s에 알게 되어 알려 드리며, 깊이 사과드립니다."
    )
    blocks: list[Block] = [Paragraph(opening % {"office": office_name(), "found": hour_text(leak.found_at)})]
    for head, text in parts(leak):
        blocks += [Heading(head), *_lines(text)]
    return Document(
        title=_("개인정보 유출 통지문"), office=office_name(), made_on=today(), blocks=tuple(blocks)
    )


def _group_text(group: LeakGroup) -> str:
    if group.people is None:
        said = _("인원 확인 중")
    else:
        said = counted(group.people, _("명")) + (_("(어림)") if group.estimated else "")
    return f"{group.title} {said}"


@in_office_language
def report(leak: Leak) -> Document:
    """The values of the form 개인정보 유출등 신고(보고)서, in its order."""
    told = _("통지함: %(at)s") % {"at": hour_text(leak.told_at)} if leak.told_at else _("아직 통지하지 않음")
    people = [_("열람 기록에서 찾은 사람 %(count)s") % {"count": counted(leak.from_log, _("명"))}]
    people += [_group_text(group) for group in leak.groups.all()]
    why = ", ".join(grounds(leak)) or _("신고 의무에 해당하지 않음")
    rows = [
        (_("기관명"), office_name()),
        (_("관리번호"), str(leak)),
        (_("정보주체에 대한 통지 여부"), told),
        (_("유출된 개인정보의 항목"), leak.items or _("확인 중")),
        (_("유출된 규모"), counted(leak.people, _("명"))),
        (_("규모의 산출"), "\n".join(people)),
        (_("신고 사유"), why),
        (_("유출된 때"), letters.happened_text(leak)),
        (_("유출을 안 때와 기한"), explain_hours(leak.found_at, leak.hours, _("안 때"))),
        (_("유출된 경위"), leak.what),
        (_("피해를 줄이기 위한 조치와 결과"), leak.measures or _("확인 중")),
        (_("정보주체가 할 수 있는 일과 구제 절차"), leak.advice),
        (_("담당 부서와 연락처"), leak.contact),
    ]
    return Document(
        title=_("개인정보 유출 신고서에 적을 내용"),
        office=office_name(),
        made_on=today(),
        blocks=(KeyValues(tuple((Entry(head, text),) for head, text in rows)),),
    )

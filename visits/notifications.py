"""Who is told what of a field visit (V2): the department at each step, and whoever acts next."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday, won
from basis.official import in_office_language
from core.models import Clock
from mileage.models import Entry
from mileage.rules import amount_text
from notifications.services import Line, notify
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of, leaders_of
from visits.enums import VisitState
from visits.models import FieldVisit, Repayment


def team_of(visit: FieldVisit) -> list[User]:
    return [member.user for member in visit.members.select_related("user")]


def askers_of(visit: FieldVisit) -> list[User]:
    """Who asked for it while still in the department, else the department's head."""
    asker = visit.recorded_by
    if asker and asker.is_active and asker.department_id == visit.department_id:
        return [asker]
    return department_readers(visit.department_id)


def _department(visit: FieldVisit) -> list[User]:
    return [*askers_of(visit), *leaders_of(visit.department_id), *team_of(visit)]


def _line(visit: FieldVisit) -> Line:
    detail = f"{visit.department_name} · {date_weekday(visit.visited_on)} · {won(visit.estimate)}"
    return Line(visit.host, detail, visit.get_absolute_url())


def _tell(
    visit: FieldVisit, kind: str, people: Iterable[User], title: str, body: str = "", *, mail: bool = True
) -> None:
    notify(
        f"visits.{kind}",
        people,
        title=f"{title}: {visit.host}",
        body=body,
        url=visit.get_absolute_url(),
        key=f"visit:{visit.pk}:{kind}:{visit.version}",
        lines=[_line(visit)],
        mail=mail,
    )


@in_office_language
def submitted(visit: FieldVisit) -> None:
    title = _("현장체험 승인 요청(%(department)s)") % {"department": visit.department_name}
    _tell(visit, "submitted", holders_of(Role.PLANNING), title)
    _tell(visit, "asked", leaders_of(visit.department_id), _("현장체험을 신청했습니다"), mail=False)


@in_office_language
def approved(visit: FieldVisit) -> None:
    _tell(visit, "approved", _department(visit), _("현장체험이 승인되었습니다"))
    title = _("관외출장 명령을 기록해 주세요(%(department)s)") % {"department": visit.department_name}
    before = _("거둘 명령: %(number)s") % {"number": visit.void_order} if visit.void_order else ""
    _tell(visit, "to_order", holders_of(Role.GENERAL_AFFAIRS), title, before)


@in_office_language
def answered(visit: FieldVisit, reason: str) -> None:
    """Sent back or refused."""
    rejected = visit.state == VisitState.REJECTED
    title = _("현장체험이 승인되지 않았습니다") if rejected else _("현장체험 신청을 보완해 주세요")
    _tell(visit, "answered", _department(visit), title, reason)
    if rejected and visit.void_order:
        _order_void(visit, visit.void_order, reason)


@in_office_language
def amended(visit: FieldVisit, before: str, order: str, reason: str, left: Iterable[User]) -> None:
    """`left`: who is no longer of the team."""
    title = _("현장체험 변경 승인 요청(%(department)s)") % {"department": visit.department_name}
    moved = f"{before} → {date_weekday(visit.visited_on)}"
    _tell(visit, "amended", holders_of(Role.PLANNING), title, f"{moved}\n{reason}")
    if order:
        changed = _("출장명령이 바뀔 예정입니다(%(number)s)") % {"number": order}
        _tell(visit, "order_changing", holders_of(Role.GENERAL_AFFAIRS), changed, moved, mail=False)
    _tell(visit, "left", left, _("현장체험단 명단에서 빠졌습니다"), reason)


@in_office_language
def approval_undone(visit: FieldVisit, reason: str) -> None:
    people = [*_department(visit), *holders_of(Role.GENERAL_AFFAIRS)]
    _tell(visit, "approval_undone", people, _("현장체험 승인이 취소되어 다시 검토합니다"), reason)


@in_office_language
def restored(visit: FieldVisit, reason: str) -> None:
    _tell(visit, "restored", _department(visit), _("현장체험의 취소·불승인을 되돌렸습니다"), reason)


@in_office_language
def cancelled(visit: FieldVisit, order: str, reason: str, actor: Any) -> None:
    people = {person.pk: person for person in [*holders_of(Role.PLANNING), *_department(visit)]}
    people.pop(actor.pk, None)
    _tell(visit, "cancelled", people.values(), _("현장체험이 취소되었습니다"), reason)
    if visit.void_order:
        _order_void(visit, visit.void_order, reason)


def _order_void(visit: FieldVisit, order: str, reason: str) -> None:
    title = _("출장명령을 취소해 주세요(%(number)s)") % {"number": order}
    _tell(visit, "order_void", holders_of(Role.GENERAL_AFFAIRS), title, reason)


@in_office_language
def ordered(visit: FieldVisit) -> None:
    title = _("출장명령이 기록되었습니다(%(number)s)") % {"number": visit.order_number}
    _tell(visit, "ordered", _department(visit), title)


@in_office_language
def travelled(visit: FieldVisit) -> None:
    assert visit.clock is not None
    body = _("결과보고 기한은 %(due)s입니다.") % {"due": date_weekday(visit.clock.due)}
    if visit.claim is not None:
        claim = {"due": date_weekday(visit.claim.due)}
        body += "\n" + _("여비 정산은 결과보고와 함께 %(due)s까지 신청해야 합니다.") % claim
    _tell(visit, "travelled", [*askers_of(visit), *team_of(visit)], _("현장체험 결과를 보고해 주세요"), body)


@in_office_language
def reported(visit: FieldVisit) -> None:
    title = _("현장체험 결과보고(%(department)s)") % {"department": visit.department_name}
    _tell(visit, "reported", holders_of(Role.PLANNING), title)


@in_office_language
def report_returned(visit: FieldVisit, reason: str) -> None:
    title = _("현장체험 결과보고를 보완해 주세요")
    _tell(visit, "report_returned", [*askers_of(visit), *team_of(visit)], title, reason)


@in_office_language
def settled(visit: FieldVisit, entries: Iterable[Entry]) -> None:
    """Each hears what they have earned; the department that it is done."""
    earned: dict[int, list[str]] = {}
    for entry in entries:
        earned.setdefault(entry.account.user_id, []).append(amount_text(entry.amount, entry.account.scheme))
    _tell(visit, "settled", _department(visit), _("현장체험 정산이 끝났습니다"), won(visit.actual or 0))
    for person in team_of(visit):
        if gains := earned.get(person.pk):
            title = _("현장체험으로 %(gains)s이 인정되었습니다") % {"gains": ", ".join(gains)}
            _tell(visit, "earned", [person], title, mail=False)


@in_office_language
def repaid(visit: FieldVisit, made: Repayment) -> None:
    body = _("환수 %(amount)s, 가산 징수 %(surcharge)s") % {
        "amount": won(made.amount),
        "surcharge": won(made.surcharge),
    }
    _tell(visit, "repaid", [made.user], _("현장체험 여비를 환수합니다"), f"{body}\n{made.reason}")


@in_office_language
def unsettled(visit: FieldVisit, reason: str) -> None:
    _tell(visit, "unsettled", _department(visit), _("현장체험 정산을 되돌렸습니다"), reason)


@in_office_language
def review_recalled(visit: FieldVisit, reason: str) -> None:
    title = _("검토 요청이 회수된 현장체험이 있습니다(%(department)s)") % {
        "department": visit.department_name
    }
    _tell(visit, "review_recalled", holders_of(Role.PLANNING), title, reason)
    _tell(visit, "recalled", askers_of(visit), _("현장체험의 검토 요청이 회수되었습니다"), reason)


@in_office_language
def due_moved(visit: FieldVisit, clock: Clock, old: date, cause: str, *, claim: bool) -> None:
    moved = f"{date_weekday(old)} → {date_weekday(clock.due)} ({cause})"
    title = _("여비 정산 신청 기한이 바뀌었습니다") if claim else _("결과보고 기한이 바뀌었습니다")
    notify(
        "visits.due_moved",
        [*askers_of(visit), *team_of(visit)],
        title=f"{title}: {visit.host}",
        body=moved,
        url=visit.get_absolute_url(),
        key=f"visit_due:{clock.changes.latest('pk').pk}",
    )

"""Who is told what of that which follows a decision: departments, planning, and the proposer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from core.now import today
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of
from proposals.enums import Grade, Verdict
from proposals.models import Credit, Objection, Proposal, Undertaking
from proposals.services.telling import tell


def tell_proposer(proposal: Proposal, kind: str, title: str, body: str, key: str) -> None:
    """Whoever made it: citizens by a letter of this kind, staff by a notice."""
    tell(proposal, kind, news=body)
    staff = [one.user for one in proposal.proposers.select_related("user__department") if one.user]
    notify(
        f"proposals.{kind}",
        staff,
        title=title,
        body=body,
        url=proposal.get_absolute_url(),
        key=key,
        personal=True,
    )


def _people(undertaking: Undertaking) -> list[User]:
    person = undertaking.person
    if person and undertaking.person_here:
        return [person]
    return department_readers(undertaking.department_id)


def _notify(kind: str, people: Iterable[Any], undertaking: Undertaking, title: str, body: str = "") -> None:
    notify(
        f"proposals.{kind}",
        people,
        title=title % {"title": undertaking.proposal.covered_title},
        body=body,
        url=undertaking.get_absolute_url(),
        key=f"proposals:undertaking:{undertaking.pk}:{kind}:{undertaking.version}",
    )


@in_office_language
def begun(undertaking: Undertaking) -> None:
    planned = _("시행 예정일 %(day)s") % {"day": date_weekday(undertaking.planned_on)}
    _notify("begun", _people(undertaking), undertaking, _("채택된 제안을 이행해 주세요: %(title)s"), planned)


@in_office_language
def widened(undertaking: Undertaking) -> None:
    planned = _("시행 예정일 %(day)s") % {"day": date_weekday(undertaking.planned_on)}
    title = _("재심사로 이행할 내용이 늘었습니다: %(title)s")
    _notify("widened", _people(undertaking), undertaking, title, planned)


@in_office_language
def assigned(undertaking: Undertaking, person: User) -> None:
    _notify("assigned", [person], undertaking, _("제안 이행 담당자로 지정되었습니다: %(title)s"))


@in_office_language
def slipped(undertaking: Undertaking, was: date, reason: str) -> None:
    """The proposer hears of the new day and why (P6)."""
    moved = f"{date_weekday(was)} → {date_weekday(undertaking.planned_on)}"
    title = _("시행 예정일이 바뀌었습니다: %(title)s") % {"title": undertaking.proposal.covered_title}
    key = f"proposals:undertaking:{undertaking.pk}:slipped:{undertaking.version}"
    tell_proposer(undertaking.proposal, "slipped", title, f"{moved} · {reason}", key)


@in_office_language
def reported(undertaking: Undertaking) -> None:
    _notify("carried_out_reported", holders_of(Role.PLANNING), undertaking, _("시행 보고: %(title)s"))


@in_office_language
def answered(undertaking: Undertaking, reason: str) -> None:
    _notify("sent_back", _people(undertaking), undertaking, _("보완해 주세요: %(title)s"), reason)


@in_office_language
def carried_out(undertaking: Undertaking) -> None:
    _notify("carried_out", _people(undertaking), undertaking, _("시행이 확인되었습니다: %(title)s"))
    title = _("제안이 시행되었습니다: %(title)s") % {"title": undertaking.proposal.covered_title}
    key = f"proposals:undertaking:{undertaking.pk}:done:{undertaking.version}"
    tell_proposer(undertaking.proposal, "carried_out", title, undertaking.result, key)


@in_office_language
def dropped(undertaking: Undertaking, reason: str) -> None:
    _notify("dropped", _people(undertaking), undertaking, _("제안 이행을 그만둡니다: %(title)s"), reason)
    title = _("제안 이행을 그만두었습니다: %(title)s") % {"title": undertaking.proposal.covered_title}
    key = f"proposals:undertaking:{undertaking.pk}:dropped:{undertaking.version}"
    tell_proposer(undertaking.proposal, "dropped", title, reason, key)


@in_office_language
def asked(undertaking: Undertaking) -> None:
    title = _("제안하신 일이 되었는지 알려 주세요: %(title)s") % {"title": undertaking.proposal.covered_title}
    body = _("나의 제안 화면에서 되었다, 일부 되었다, 안 되었다, 모르겠다 가운데 하나로 답해 주세요.")
    key = f"proposals:undertaking:{undertaking.pk}:asked:{undertaking.version}"
    tell_proposer(undertaking.proposal, "asked", title, body, key)


@in_office_language
def denied(undertaking: Undertaking, text: str) -> None:
    people = [*_people(undertaking), *holders_of(Role.PLANNING)]
    _notify("denied", people, undertaking, _("제안자가 안 되었다고 답했습니다: %(title)s"), text)


@in_office_language
def answered_by_proposer(undertaking: Undertaking, verdict: str) -> None:
    said = str(Verdict(verdict).label)
    _notify("said", _people(undertaking), undertaking, _("제안자가 답했습니다: %(title)s"), said)


@in_office_language
def effect_asked(undertaking: Undertaking) -> None:
    due = _("%(day)s까지") % {"day": date_weekday(undertaking.effect.due)}
    _notify("effect", _people(undertaking), undertaking, _("한 해의 시행 효과를 알려 주세요: %(title)s"), due)


@in_office_language
def effect_reported(undertaking: Undertaking) -> None:
    _notify("effect_reported", holders_of(Role.PLANNING), undertaking, _("시행 효과 제출: %(title)s"))


@in_office_language
def graded(undertaking: Undertaking) -> None:
    said = str(Grade(undertaking.effect.grade).label)
    _notify("graded", _people(undertaking), undertaking, _("효과 등급이 정해졌습니다: %(title)s"), said)


@in_office_language
def objected(objection: Objection) -> None:
    what = {"kind": objection.get_kind_display(), "title": objection.proposal.covered_title}
    notify(
        "proposals.objected",
        holders_of(Role.PLANNING),
        title=_("%(kind)s: %(title)s") % what,
        body=_("%(day)s까지 결정합니다.") % {"day": date_weekday(objection.clock.due)},
        url=objection.get_absolute_url(),
        key=f"proposals:objection:{objection.pk}",
    )


@in_office_language
def objection_decided(objection: Objection) -> None:
    what = {"kind": objection.get_kind_display(), "title": objection.proposal.covered_title}
    title = _("%(kind)s 결과: %(title)s") % what
    body = " · ".join(filter(None, [str(objection.get_state_display()), objection.answer]))
    tell_proposer(objection.proposal, "objection", title, body, f"proposals:objection:{objection.pk}:decided")


@in_office_language
def objection_withdrawn(objection: Objection) -> None:
    what = {"kind": objection.get_kind_display(), "title": objection.proposal.covered_title}
    notify(
        "proposals.objection_withdrawn",
        holders_of(Role.PLANNING),
        title=_("%(kind)s 취하: %(title)s") % what,
        body=_("결정할 것이 없어졌습니다."),
        url=objection.get_absolute_url(),
        key=f"proposals:objection:{objection.pk}:withdrawn",
    )


@in_office_language
def withdrawal_entered(objection: Objection) -> None:
    """The proposer, who may not be the one that wrote."""
    what = {"kind": objection.get_kind_display(), "title": objection.proposal.covered_title}
    title = _("%(kind)s 취하가 등록되었습니다: %(title)s") % what
    body = f"{objection.get_kind_display()} · {date_weekday(today())}"
    key = f"proposals:objection:{objection.pk}:taken_back"
    tell_proposer(objection.proposal, "objection_withdrawn", title, body, key)


@in_office_language
def objection_moved(objection: Objection, old: date, cause: str) -> None:
    notify(
        "proposals.objection_moved",
        holders_of(Role.PLANNING),
        title=_("이의·재심사의 기한이 바뀌었습니다: %(title)s") % {"title": objection.proposal.covered_title},
        body=f"{date_weekday(old)} → {date_weekday(objection.clock.due)} · {cause}",
        url=objection.get_absolute_url(),
        key=f"proposals:objection:{objection.pk}:due:{objection.clock.due}",
    )


@in_office_language
def reopened(proposal: Proposal, reason: str) -> None:
    title = _("제안을 다시 검토합니다: %(title)s") % {"title": proposal.covered_title}
    key = f"proposals:{proposal.pk}:reopened:{proposal.version}"
    tell_proposer(proposal, "reopened", title, reason, key)


@in_office_language
def credited(credit: Credit) -> None:
    """Whoever had the idea first, while there is anybody to tell."""
    if credit.earlier is None:
        return
    title = _("먼저 내신 제안과 같은 생각이 채택되었습니다: %(title)s") % {
        "title": credit.earlier.covered_title
    }
    body = _("채택된 제안 %(code)s에 먼저 내신 제안임을 밝혔습니다.") % {"code": credit.proposal.code}
    tell_proposer(credit.earlier, "credited", title, body, f"proposals:credit:{credit.pk}")

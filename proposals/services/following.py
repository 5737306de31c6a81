"""What departments do with what was adopted, until planning has confirmed that it is carried out (P6, P8)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock import Unit
from basis.errors import Rejected
from basis.formats import date_weekday
from basis.official import office_text
from core import attachments, deadlines
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from organization.models import Department, User
from proposals.enums import MilestoneKind, Progress
from proposals.models import Decision, Milestone, Proposal, Slip, Undertaking
from proposals.policies import ASK_DAYS, EFFECT_MONTHS, FOLLOW_MONTHS
from proposals.services import news

MORE = gettext_lazy("재심사로 이행할 내용이 늘었습니다.")


def locked(undertaking: Undertaking, seen: int | None = None) -> Undertaking:
    """The undertaking as it is now, under its lock. Raises: Outdated if it is no longer the version `seen`."""
    fresh = (
        Undertaking.objects.select_for_update(of=("self",))
        .select_related("proposal", "department", "person", "effect")
        .get(pk=undertaking.pk)
    )
    check_seen(fresh, seen)
    return fresh


def follow(proposal: Proposal, decision: Decision, *, actor: Any) -> Undertaking:
    """What was adopted, or more of what is followed already.

    Called by: decisions to adopt, under the proposal's lock.
    """
    followed = Undertaking.objects.filter(proposal=proposal).first()
    return widen(followed, decision, actor=actor) if followed else begin(proposal, decision, actor=actor)


@transaction.atomic
def widen(undertaking: Undertaking, decision: Decision, *, actor: Any) -> Undertaking:
    """The committee has adopted more: the same undertaking goes on with all that is taken over now, from today as long
    as the rule says. What was carried out of it has to be completed and reported anew (P7).

    Locks: the undertaking, which its caller holds. Called by: `follow`.
    """
    undertaking, day, planned = locked(undertaking), today(), decision.carry_out_on
    assert decision.department is not None
    assert planned is not None
    open_anew(undertaking)
    undertaking.replies.filter(answered_on=None).delete()  # asked again when all of it is there
    step = undertaking.milestones.get(kind=MilestoneKind.CARRY_OUT)
    if step.planned_on != planned:
        reason = office_text(MORE)
        Slip.objects.create(
            milestone=step,
            was_on=step.planned_on,
            now_on=planned,
            reason=reason,
            moved_on=day,
            moved_by=actor,
        )
        step.planned_on = undertaking.planned_on = planned
        step.save()
    undertaking.department, undertaking.department_name = decision.department, decision.department.name
    undertaking.until = deadlines.preview(day, FOLLOW_MONTHS.on(day), unit=Unit.MONTHS).due
    perform(undertaking, "widen", actor=SYSTEM, data={"to": undertaking.department_name})
    news.widened(undertaking)
    return undertaking


def open_anew(undertaking: Undertaking) -> None:
    """It has to be carried out again: then the proposer is asked again.

    Called by: services, under the undertaking's lock, before the step that saves it.
    """
    undertaking.milestones.filter(kind=MilestoneKind.CARRY_OUT).update(done_on=None)
    undertaking.carried_out_on = undertaking.ask_on = undertaking.confirmed_by = None
    undertaking.effect_from = undertaking.effect_due = undertaking.reported_by = None


@transaction.atomic
def begin(proposal: Proposal, decision: Decision, *, actor: Any) -> Undertaking:
    """Follow what was adopted by its department, to the day on which it is to be carried out.

    Locks: nothing beyond the proposal's lock, which its caller holds. Called by: `follow`.
    """
    day, planned = today(), decision.carry_out_on
    assert decision.department is not None
    assert planned is not None
    made = Undertaking.objects.create(
        proposal=proposal,
        department=decision.department,
        department_name=decision.department.name,
        begun_on=day,
        until=deadlines.preview(day, FOLLOW_MONTHS.on(day), unit=Unit.MONTHS).due,
        first_on=planned,
        planned_on=planned,
    )
    Milestone.objects.create(
        undertaking=made, kind=MilestoneKind.CARRY_OUT, first_on=planned, planned_on=planned
    )
    record(made, "begin", actor=actor, data={"to": made.department_name})
    news.begun(made)
    return made


@transaction.atomic
def assign(undertaking: Undertaking, person: User, *, actor: Any) -> None:
    """Name who sees to it in the department.

    Locks: the undertaking. Raises: Rejected for somebody who does not serve there.
    """
    undertaking = locked(undertaking)
    if not person.is_active or person.department_id != undertaking.department_id:
        raise Rejected(_("담당 부서의 직원을 골라 주세요."), field="person")
    undertaking.person = person
    perform(undertaking, "assign", actor=actor, data={"to": person.full_label})
    if person != actor:
        news.assigned(undertaking, person)


@transaction.atomic
def schedule(undertaking: Undertaking, days: Mapping[str, date | None], *, actor: Any) -> None:
    """Give the steps before 시행 that have none yet their first day.

    Locks: the undertaking. Raises: Rejected for no day at all, or one after the day of 시행.
    """
    undertaking = locked(undertaking)
    known = set(undertaking.milestones.values_list("kind", flat=True))
    new = {kind: day for kind, day in days.items() if day and kind not in known}
    if not new:
        raise Rejected(_("날짜를 하나 이상 입력해 주세요."))
    for kind, day in new.items():
        if day > undertaking.planned_on:
            raise Rejected(_("시행 예정일보다 늦을 수 없습니다."), field=kind)
    Milestone.objects.bulk_create(
        Milestone(undertaking=undertaking, kind=kind, first_on=day, planned_on=day)
        for kind, day in new.items()
    )
    told = ", ".join(f"{_name(kind)} {date_weekday(day)}" for kind, day in sorted(new.items()))
    perform(undertaking, "schedule", actor=actor, data={"text": told})


@transaction.atomic
def move(undertaking: Undertaking, kind: str, day: date, *, reason: str, actor: Any) -> None:
    """Another day for a step, with the reason; the first day stays on record (P6).

    Locks: the undertaking. Raises: Rejected for a day that has passed or is the same.
    """
    undertaking = locked(undertaking)
    ensure(actor, "proposals.follow", undertaking)
    step = _open_step(undertaking, kind)
    if day < today():
        raise Rejected(_("새 예정일은 오늘 또는 이후여야 합니다."), field="day")
    if day == step.planned_on:
        raise Rejected(_("지금의 예정일과 다른 날을 입력해 주세요."), field="day")
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    was, step.planned_on = step.planned_on, day
    step.save()
    Slip.objects.create(
        milestone=step, was_on=was, now_on=day, reason=reason.strip(), moved_on=today(), moved_by=actor
    )
    if kind == MilestoneKind.CARRY_OUT:
        undertaking.planned_on = day
    said = {"from": date_weekday(was), "to": date_weekday(day)}
    perform(undertaking, "move", actor=actor, reason=reason, data=said)
    if kind == MilestoneKind.CARRY_OUT and day > was:
        news.slipped(undertaking, was, reason)


@transaction.atomic
def reach(undertaking: Undertaking, kind: str, day: date, *, actor: Any) -> None:
    """A step before 시행 is done.

    Locks: the undertaking. Raises: Rejected for a day to come, or 시행, which is reported.
    """
    undertaking = locked(undertaking)
    step = _open_step(undertaking, kind)
    if kind == MilestoneKind.CARRY_OUT:
        raise Rejected(_("시행은 시행 보고로 알려 주세요."), field="kind")
    _check_past(day, "day")
    step.done_on = day
    step.save()
    perform(undertaking, "reach", actor=actor, data={"text": _name(kind), "on": day.isoformat()})


def _name(kind: str) -> str:
    return office_text(MilestoneKind(kind).label)


def _open_step(undertaking: Undertaking, kind: str) -> Milestone:
    step = undertaking.milestones.filter(kind=kind, done_on=None).first()
    if step is None:
        raise Rejected(_("아직 마치지 않은 단계를 골라 주세요."), field="kind")
    return step


def _check_past(day: date, field: str) -> None:
    if day > today():
        raise Rejected(_("오늘 또는 이전의 날을 입력해 주세요."), field=field)


@transaction.atomic
def check(undertaking: Undertaking, *, progress: str, text: str, actor: Any) -> None:
    """Answer the check of the quarter.

    Locks: the undertaking. Raises: Rejected where none is open, or what hinders it is not said.
    """
    undertaking = locked(undertaking)
    asked = undertaking.checks.order_by("-year", "-quarter").first()
    if asked is None or asked.answered_on:
        raise Rejected(_("답할 점검이 없습니다."))
    if progress in (Progress.DELAYED, Progress.HINDERED) and not text.strip():
        raise Rejected(_("무엇 때문인지 점검 내용을 입력해 주세요."), field="text")
    asked.progress, asked.text = progress, text.strip()
    asked.answered_on, asked.answered_by = today(), actor
    asked.save()
    said = office_text(Progress(progress).label)
    perform(undertaking, "check", actor=actor, reason=text, data={"text": said})


@transaction.atomic
def report(
    undertaking: Undertaking,
    *,
    day: date,
    result: str,
    actor: Any,
    effect_from: date | None = None,
    files: Sequence[File] = (),
) -> None:
    """Say that it is carried out, since when, and from which day it has an effect.

    Locks: the undertaking. Raises: Rejected beside the field.
    """
    undertaking = locked(undertaking)
    _check_past(day, "day")
    if not result.strip():
        raise Rejected(_("무엇을 어떻게 시행했는지 입력해 주세요."), field="result")
    undertaking.carried_out_on, undertaking.result = day, result.strip()
    undertaking.effect_from, undertaking.reported_by = effect_from or day, actor
    if undertaking.effect_from < day:
        raise Rejected(_("효과가 처음 난 날은 시행일이거나 그 뒤입니다."), field="effect_from")
    perform(undertaking, "report", actor=actor, data={"on": day.isoformat()})
    if files:
        attachments.attach(undertaking, files, actor=actor)
    news.reported(undertaking)


@transaction.atomic
def withdraw(undertaking: Undertaking, *, actor: Any) -> None:
    """Take the report back before planning has confirmed it.

    Locks: the undertaking.
    """
    undertaking = locked(undertaking)
    undertaking.carried_out_on = undertaking.effect_from = undertaking.reported_by = None
    perform(undertaking, "withdraw", actor=actor)


@transaction.atomic
def send_back(undertaking: Undertaking, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Ask the department to say more; done by planning.

    Locks: the undertaking. Raises: Outdated.
    """
    undertaking = locked(undertaking, version)
    ensure(actor, "proposals.confirm_following", undertaking)
    undertaking.carried_out_on = undertaking.effect_from = undertaking.reported_by = None
    perform(undertaking, "send_back", actor=actor, reason=reason)
    news.answered(undertaking, reason)


@transaction.atomic
def confirm(undertaking: Undertaking, *, actor: Any, version: int | None = None) -> None:
    """It is carried out; from now on it is known when the proposer is asked, and when the effect is measured.

    Locks: the undertaking. Raises: Outdated.
    """
    undertaking = locked(undertaking, version)
    ensure(actor, "proposals.confirm_following", undertaking)
    day, done = today(), undertaking.carried_out_on
    assert done is not None
    assert undertaking.effect_from is not None
    undertaking.confirmed_by = actor
    undertaking.ask_on = done + timedelta(days=ASK_DAYS.on(day))
    undertaking.effect_due = deadlines.preview(
        undertaking.effect_from, EFFECT_MONTHS.on(day), unit=Unit.MONTHS
    ).due
    undertaking.milestones.filter(kind=MilestoneKind.CARRY_OUT).update(done_on=done)
    perform(undertaking, "confirm", actor=actor)
    news.carried_out(undertaking)


@transaction.atomic
def name(undertaking: Undertaking, *, reason: str, actor: Any) -> None:
    """Name who carried it out for 적극행정 (P16).

    Locks: the undertaking. Raises: Rejected where nobody is named as seeing to it.
    """
    undertaking = locked(undertaking)
    if undertaking.person is None:
        raise Rejected(_("먼저 담당자를 지정해 주세요."))
    undertaking.named_on = today()
    perform(undertaking, "name", actor=actor, reason=reason, data={"to": undertaking.person.full_label})


@transaction.atomic
def drop(undertaking: Undertaking, *, reason: str, actor: Any) -> None:
    """It will not come; everybody reads why.

    Locks: the undertaking.
    """
    undertaking = locked(undertaking)
    perform(undertaking, "drop", actor=actor, reason=reason)
    news.dropped(undertaking, reason)


@transaction.atomic
def resume(undertaking: Undertaking, *, reason: str, actor: Any) -> None:
    """Take up what was dropped.

    Locks: the undertaking.
    """
    undertaking = locked(undertaking)
    perform(undertaking, "resume", actor=actor, reason=reason)


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """What a department that is no more has promised goes to its successor; what is done keeps its department.

    Locks: the undertakings. Called by: `organization` under the departments' locks.
    """
    rows = Undertaking.objects.followed().filter(department=old).order_by("pk")
    moved = list(rows.select_for_update(of=("self",)).select_related("proposal", "person", "effect"))
    for undertaking in moved:
        undertaking.department, undertaking.department_name = new, new.name
        undertaking.version += 1
        undertaking.save()
        said = {"from": old.name, "to": new.name, "on": today().isoformat()}
        record(undertaking, "merged", actor=actor, data=said)


def open_of(department: Department) -> int:
    return Undertaking.objects.followed().filter(department=department).count()


def begun() -> list[date]:
    """When those that are followed began: they keep the rules of that day."""
    return list(Undertaking.objects.followed().values_list("begun_on", flat=True))

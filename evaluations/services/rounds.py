"""A round in preparation: made from its kind and the office's policies, edited, filled, opened (E1, E2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.periods import parse
from core.editing import apply, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from evaluations.enums import ENTERED, RoundState, StageState
from evaluations.kinds import KINDS, Candidate, Plan, RoundKind, StagePlan, kind_of
from evaluations.models import Criterion, Division, Entry, Grade, Round, Stage
from evaluations.policies import DECIMALS, VERIFICATION_DAYS
from evaluations.services import locks, stages
from mileage.catalogue import rule_of

RUN = "evaluations.run"
FIELDS = ("title", "blind", "decimals", "least")
STAGE_FIELDS = (
    "title",
    "panel",
    "way",
    "share",
    "per_entry",
    "most_per_judge",
    "passes",
    "ties",
    "opens_on",
    "closes_on",
)


@transaction.atomic
def make(kind: str, period: str, subject: str = "", *, actor: Any) -> Round:
    """A round with divisions, grades and stages as its kind plans them; figures are those of today.

    Raises: Rejected for a period or subject that is none, or has a round already.
    """
    ensure(actor, RUN)
    found, day = KINDS[kind], today()
    plan = found.plan(period, subject)
    first, last = plan.days or (parse(period).start, parse(period).end)
    try:
        with transaction.atomic():
            round = Round.objects.create(
                kind=kind,
                period=period,
                subject=subject,
                title=found.title(period, subject),
                first_on=first,
                last_on=last,
                blind=plan.blind,
                decimals=DECIMALS.on(day),
                verification_days=0 if found.of_staff else VERIFICATION_DAYS.on(day),
                run_by=actor,
                made_on=day,
            )
    except IntegrityError:
        raise Rejected(_("이 기간의 심사가 이미 있습니다."), field="period") from None
    _divide(round, found, plan)
    for order, stage in enumerate(plan.stages, start=1):
        _add(round, order, stage)
    record(round, "make", actor=actor)
    return round


def _divide(round: Round, kind: RoundKind, plan: Plan) -> None:
    day = today()
    for place, (key, title) in enumerate(plan.divisions.items(), start=1):
        division = Division.objects.create(round=round, key=key, title=str(title), order=place)
        for order, grade in enumerate(kind.tables[key].on(day), start=1):
            Grade.objects.create(
                division=division,
                slot=grade.slot,
                name=str(plan.names.get(grade.slot, grade.slot.label)),
                order=order,
                at_most=grade.at_most,
                prize=grade.prize,
                rule=grade.rule,
                points=rule_of(grade.rule).on(day) if grade.rule else 0,
                leave_days=grade.leave_days,
            )


def _add(round: Round, order: int, plan: StagePlan) -> Stage:
    stage = Stage.objects.create(
        round=round,
        order=order,
        title=str(plan.title),
        body=plan.body,
        way=plan.way,
        share=plan.share,
        per_entry=plan.per_entry,
        most_per_judge=plan.most_per_judge,
        passes=plan.passes,
        ties=[criterion.key for criterion in plan.criteria],
    )
    for place, one in enumerate(plan.criteria, start=1):
        Criterion.objects.create(
            stage=stage,
            order=place,
            key=one.key,
            title=str(one.title),
            low=str(one.low),
            high=str(one.high),
            weight=one.weight,
            most=one.most,
        )
    return stage


def preparing(round: Round) -> Round:
    """Under its lock. Raises: Rejected when it is prepared no more."""
    fresh = locks.round_(round)
    if fresh.state != RoundState.PREPARING:
        raise Rejected(_("준비하는 심사에서만 고칠 수 있습니다."))
    return fresh


@transaction.atomic
def edit(round: Round, values: Mapping[str, Any], *, version: int | None = None, actor: Any) -> Round:
    """Raises: Refused, Rejected, Conflict."""
    fresh = preparing(round)
    principal = ensure(actor, RUN, fresh)
    wanted = {name: values[name] for name in FIELDS if name in values}
    check_version(fresh, version, wanted)
    if apply(fresh, wanted, FIELDS):
        fresh.version += 1
        fresh.save()
        record(fresh, "edit", actor=actor, principal=principal)
    return fresh


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as planning writes it; a new one has no key."""

    title: str
    weight: int
    most: int
    low: str = ""
    high: str = ""
    key: str = ""


@transaction.atomic
def edit_stage(
    stage: Stage,
    values: Mapping[str, Any],
    criteria: Sequence[CriterionRow] | None = None,
    *,
    version: int | None = None,
    actor: Any,
) -> Stage:
    """While the stage has not begun: from then on its terms stand (E2). How many go on, and what counts how much, stand
    from the beginning of the round: which entries come how far follows from them.

    Locks: round, stage. Raises: Refused, Rejected, Conflict.
    """
    fresh = locks.stage(stage)
    principal = ensure(actor, RUN, fresh)
    if fresh.state != StageState.WAITING:
        raise Rejected(
            _("시작한 단계의 내용은 고칠 수 없습니다. 기간과 계산 방식은 사유를 적어 바꿀 수 있습니다.")
        )
    wanted = {name: values[name] for name in STAGE_FIELDS if name in values}
    check_version(fresh, version, wanted)
    changed = apply(fresh, wanted, STAGE_FIELDS)
    if fresh.round.state != RoundState.PREPARING and (fixed := {"passes", "share"}.intersection(changed)):
        raise Rejected(
            _("심사를 시작한 뒤에는 다음 단계로 올릴 수와 반영 비율을 고칠 수 없습니다."), field=min(fixed)
        )
    if fresh.opens_on and fresh.closes_on and fresh.closes_on < fresh.opens_on:
        raise Rejected(_("채점 마감일은 시작일과 같거나 뒤여야 합니다."), field="closes_on")
    if criteria is not None:
        _rewrite(fresh, criteria)
    fresh.version += 1
    fresh.save()
    record(fresh, "edit", actor=actor, principal=principal)
    return fresh


def _rewrite(stage: Stage, criteria: Sequence[CriterionRow]) -> None:
    if not criteria:
        raise Rejected(_("심사 기준을 하나 이상 적어 주세요."), field="criteria")
    taken = {row.key for row in criteria if row.key}
    if len(taken) < sum(1 for row in criteria if row.key):
        raise Rejected(_("같은 기준이 두 번 있습니다."), field="criteria")
    fresh = iter(key for number in range(1, 1000) if (key := f"c{number}") not in taken)
    stage.criteria.all().delete()
    keys = []
    for order, row in enumerate(criteria, start=1):
        if row.weight < 1 or row.most < 1:
            raise Rejected(_("비중과 만점은 1 이상이어야 합니다."), field="criteria")
        keys.append(row.key or next(fresh))
        Criterion.objects.create(
            stage=stage,
            order=order,
            key=keys[-1],
            title=row.title,
            low=row.low,
            high=row.high,
            weight=row.weight,
            most=row.most,
        )
    stage.ties = [key for key in stage.ties if key in keys]


@transaction.atomic
def edit_grades(round: Round, values: Mapping[int, Mapping[str, Any]], *, actor: Any) -> None:
    """What each grade is called, how many there are, with how much: by the grade's key.

    Raises: Refused, Rejected."""
    fresh = preparing(round)
    principal = ensure(actor, RUN, fresh)
    names = ("name", "at_most", "prize", "leave_days", "other")
    for grade in Grade.objects.filter(division__round=fresh, pk__in=values):
        if apply(grade, dict(values[grade.pk]), names):
            grade.save()
    record(fresh, "edit", actor=actor, principal=principal)


Thing = tuple[int, int]  # its content type, its key


def candidates(round: Round) -> list[tuple[Candidate, Thing, bool]]:
    """What may enter, with its key and whether it is in already."""
    inside = set(round.entries.filter(out=False).values_list("content_type", "object_id"))
    found = []
    for one in kind_of(round).candidates(round):
        key = ContentType.objects.get_for_model(one.thing).pk, one.thing.pk
        found.append((one, key, key in inside))
    return found


@transaction.atomic
def take_in(round: Round, chosen: Collection[Thing] | None = None, *, actor: Any) -> int:
    """Take in these candidates, or all against whom nothing speaks; gives how many came in.

    Raises: Refused, Rejected."""
    fresh = preparing(round)
    principal = ensure(actor, RUN, fresh)
    divisions = {division.key: division for division in fresh.divisions.all()}
    before = {(one.content_type_id, one.object_id): one for one in fresh.entries.all()}
    number = fresh.entries.aggregate(last=Max("number"))["last"] or 0
    back, new = [], []
    for one, key, inside in candidates(fresh):
        wanted = not one.why_not if chosen is None else key in chosen
        if inside or not wanted:
            continue
        if entry := before.get(key):
            entry.out, entry.out_reason = False, ""
            entry.save()
            back.append(entry)
            continue
        number += 1
        new.append(
            Entry(
                round=fresh,
                division=divisions[one.division],
                content_type_id=key[0],
                object_id=key[1],
                number=number,
                title=one.title[:200],
                department_id=one.department_id,
            )
        )
    Entry.objects.bulk_create(new)
    if count := len(new) + len(back):
        record(fresh, "edit", actor=actor, principal=principal, data={"entries": count})
    return len(new) + len(back)


@transaction.atomic
def take_out(entry: Entry, *, reason: str, actor: Any) -> None:
    """It is judged no more; what was scored of it stays and counts for nothing.

    Raises: Refused, Rejected once the round is closed."""
    fresh = locks.round_(entry.round_id)
    principal = ensure(actor, RUN, fresh)
    if fresh.state not in ENTERED:
        raise Rejected(_("채점을 마친 심사에서는 뺄 수 없습니다."))
    if not reason.strip():
        raise Rejected(_("뺀 사유를 입력해 주세요."), field="reason")
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    entry.out, entry.out_reason = True, reason.strip()
    entry.save()
    record(fresh, "edit", actor=actor, principal=principal, reason=reason, data={"out": entry.number})


@transaction.atomic
def open(round: Round, *, version: int | None = None, actor: Any) -> None:
    """Begin judging: the first stage asks its judges.

    Locks: round, stage. Raises: Rejected with all that is not in order; Outdated.
    """
    fresh = locks.round_(round, version)
    perform(fresh, "open", actor=actor)
    first = fresh.stages.order_by("order").first()
    if first is None:
        raise Rejected(_("심사 단계가 없습니다."))
    stages.begin(first, actor=actor)


@transaction.atomic
def abandon(round: Round, *, reason: str, actor: Any) -> None:
    """Nothing comes of it; its period may have another."""
    fresh = locks.round_(round)
    perform(fresh, "abandon", actor=actor, reason=reason)
    for stage in fresh.stages.all():
        stages.quiet(stage)

"""A stage of a round: its judges are asked, entries assigned, scores taken in, until it is closed (E2, E3)."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_weekday
from basis.official import in_office_language
from core.actors import SYSTEM
from core.now import today
from core.transition import perform, record_many
from core.work import keep
from evaluations import notifications
from evaluations.enums import Body, JudgeState, RoundState, SheetState, StageState, Way
from evaluations.models import Entry, Judge, Sheet, Stage
from evaluations.policies import CORRECTED_LEAST
from evaluations.reckoning.assignment import Impossible, KeptConflict, Reason, TooFewJudges, assign
from evaluations.selectors.entries import Pair, entries_of, standing_conflicts
from evaluations.selectors.faults import faults_of, faults_of_round, instead
from evaluations.selectors.panels import seats_of
from evaluations.services import conflicts, locks, results
from evaluations.workflow import ROUND
from evaluations.workflow_judging import JUDGE, STAGE

SEED_BYTES = 8
BATCH = 2_000


def begin(stage: Stage, *, actor: Any) -> None:
    """What a round begins with, and each stage after another: whoever votes in the panel is asked to judge. Residents
    wait for their slips.

    Called by: rounds.open, under the round's lock. Raises: Rejected with all that is not in order.
    """
    stage = locks.stage(stage)
    faults = faults_of_round(stage.round) if stage.order == 1 else faults_of(stage)
    if faults:
        raise Rejected("\n".join(faults))
    if stage.order == 1:
        entries_of(stage).update(stage=_reach(stage))
    if stage.body == Body.PANEL:
        invite(stage, actor=actor)


def _reach(stage: Stage) -> int:
    """The last stage in which what comes into this one is scored: stages that select nobody run beside those after
    them, as residents on the day of the presentation."""
    orders = stage.round.stages.filter(order__gte=stage.order)
    selecting = orders.filter(passes__isnull=False).aggregate(least=Min("order"))["least"]
    return int(selecting or orders.aggregate(last=Max("order"))["last"])


@transaction.atomic
def invite(stage: Stage, *, version: int | None = None, actor: Any) -> list[Judge]:
    """Each voting seat of the panel becomes a judge, told by notice and mail. Content is closed until each has signed.
    Where judges were to be corrected but there is too little to do it by, another way stands from here on, with why.

    Locks: round, stage. Raises: Refused, Rejected, Outdated.
    """
    fresh = locks.stage(stage, version)
    if fresh.round.state != RoundState.RUNNING:
        raise Rejected(_("진행하고 있는 심사가 아닙니다."))
    if faults := faults_of(fresh):
        raise Rejected("\n".join(faults))
    selecting = fresh.round.stages.filter(order__lt=fresh.order, passes__isnull=False)
    if selecting.exclude(state=StageState.CLOSED).exists():
        raise Rejected(_("앞 단계의 채점을 마감한 뒤 시작할 수 있습니다."))
    _settle_way(fresh)
    perform(fresh, "invite", actor=actor, reason=fresh.way_reason)
    judges = [
        Judge(stage=fresh, user=seat.user, seat=seat, number=number)
        for number, seat in enumerate(seats_of(fresh, fresh.opens_on or today()), start=1)
    ]
    return called(judges, actor=actor)


@in_office_language
def _settle_way(stage: Stage) -> None:
    """The usual way, or another where it cannot be, with the reason that everybody reads."""
    if other := instead(stage):
        stage.way, stage.way_reason = other


def called(judges: Sequence[Judge], *, actor: Any) -> list[Judge]:
    """Make these judges, with what the system knows of their conflicts, and tell them."""
    for judge in judges:
        judge.save()
    if judges:
        conflicts.note_known(judges[0].stage, judges)
        record_many(judges, "called", actor=actor, data={})
        round = judges[0].stage.round_id
        # Who judges now no longer runs it (D9): whose work it is changes with them.
        keep.refresh(*keep.loaded(STAGE).filter(round=round), *keep.loaded(ROUND).filter(pk=round))
        notifications.called(judges)
    return list(judges)


@transaction.atomic
def start(stage: Stage, *, version: int | None = None, actor: Any) -> int:
    """Entries are assigned and may be scored from the first day of the window on; gives how many sheets there are. Who
    has not signed yet gets theirs on signing, where all score all.

    Locks: round, stage, judges. Raises: Refused, Rejected saying what cannot be assigned and why, Outdated.
    """
    fresh = locks.stage(stage, version)
    judges = locks.judges(fresh)
    if fresh.body == Body.RESIDENTS:
        _check_residents(fresh, judges)
    perform(fresh, "start", actor=actor)
    signed = [judge for judge in judges if judge.state == JudgeState.SIGNED]
    if fresh.body == Body.PANEL and not signed:
        raise Rejected(_("서약한 위원이 없습니다."))
    made = deal(fresh, judges)
    notifications.started(fresh, signed)
    return made


def _check_residents(stage: Stage, judges: Sequence[Judge]) -> None:
    if stage.round.state != RoundState.RUNNING:
        raise Rejected(_("진행하고 있는 심사가 아닙니다."))
    if faults := faults_of(stage):
        raise Rejected("\n".join(faults))
    if not judges:
        raise Rejected(_("구민 평가단에 나누어 줄 쪽지를 먼저 만들어 주세요."))


def deal(stage: Stage, judges: Sequence[Judge]) -> int:
    """Sheets for whoever has signed: what is there stays. Gives how many are new.

    Called by: start, reassign, and when somebody signs or enters later, under the stage's or the judge's lock.
    """
    signed = [judge for judge in judges if judge.state == JudgeState.SIGNED]
    entries = list(entries_of(stage).values_list("pk", flat=True))
    apart = standing_conflicts(stage)
    if stage.per_entry is None:
        wanted: set[Pair] = {(entry, judge.pk) for entry in entries for judge in signed} - apart
    else:
        wanted = _drawn(stage, entries, signed, apart)
    rows = Sheet.objects.filter(judge__stage=stage).exclude(state=SheetState.VOID)
    there = set(rows.values_list("entry", "judge"))
    void = {
        (sheet.entry_id, sheet.judge_id): sheet
        for sheet in Sheet.objects.filter(judge__stage=stage, state=SheetState.VOID, judge__in=signed)
    }
    new = sorted(wanted - there)
    for pair in [pair for pair in new if pair in void]:
        perform(void[pair], "restore", actor=SYSTEM)
    fresh = [Sheet(entry_id=entry, judge_id=judge) for entry, judge in new if (entry, judge) not in void]
    Sheet.objects.bulk_create(fresh, batch_size=BATCH)
    keep.refresh(*_whole(judges))
    return len(new)


def _drawn(stage: Stage, entries: Sequence[int], signed: Sequence[Judge], apart: set[Pair]) -> set[Pair]:
    """So many judges for each entry by lot; what was scored or is being scored stays with whom it is."""
    judges = {judge.pk: judge for judge in signed}
    if not stage.seed:
        stage.seed = secrets.token_hex(SEED_BYTES)
        stage.save(update_fields=["seed"])
    live = Sheet.objects.filter(judge__stage=stage, entry__in=entries).exclude(
        state__in=(SheetState.VOID, SheetState.ABSTAINED)
    )
    kept = set(live.values_list("entry", "judge")) - apart
    try:
        return assign(
            entries,
            list(judges),
            stage.per_entry or 0,
            stage.most_per_judge,
            frozenset(apart),
            frozenset(kept),
            stage.seed,
        )
    except Impossible as error:
        raise Rejected("\n".join(said_of(error.reasons, judges))) from None


def said_of(reasons: Sequence[Reason], judges: dict[int, Judge]) -> list[str]:
    """Why nothing can be assigned as it is asked for, for planning to mend."""
    pks = {pk for reason in reasons for pk in _entries(reason)}
    titles = {entry.pk: str(entry) for entry in Entry.objects.filter(pk__in=pks)}
    found = []
    for reason in reasons:
        named = ", ".join(titles[pk] for pk in _entries(reason))
        if isinstance(reason, TooFewJudges):
            text = _("%(entry)s: 심사할 수 있는 위원이 %(available)d명뿐입니다(%(needed)d명 필요).")
            values: dict[str, Any] = {"needed": reason.needed, "available": reason.available}
        elif isinstance(reason, KeptConflict):
            text, values = _("%(entry)s: 배정된 위원에게 이해충돌이 있습니다."), {}
        else:
            text = _(
                "%(judges)s이(가) 맡아야 할 채점이 %(needed)d건인데 최대 %(available)d건입니다: %(entry)s"
            )
            names = ", ".join(str(judges[pk].user or judges[pk]) for pk in reason.judges if pk in judges)
            values = {"judges": names, "needed": reason.needed, "available": reason.available}
        found.append(text % {"entry": named, **values})
    return found


def _entries(reason: Reason) -> Sequence[int]:
    return getattr(reason, "entries", None) or [reason.entry]  # type: ignore[union-attr]  # else it names one


@transaction.atomic
def reassign(stage: Stage, *, reason: str, version: int | None = None, actor: Any) -> int:
    """After a judge was lost or kept away: others get what is missing. Everything scored stays.

    Locks: round, stage, judges. Raises: Refused, Rejected, Outdated.
    """
    fresh = locks.stage(stage, version)
    judges = locks.judges(fresh)
    perform(fresh, "reassign", actor=actor, reason=reason)
    return deal(fresh, judges)


@transaction.atomic
def extend(
    stage: Stage, *, opens_on: date, closes_on: date, reason: str, version: int | None = None, actor: Any
) -> None:
    """Other days for scoring; whoever has sheets left is told.

    Locks: round, stage, judges. Raises: Refused, Rejected, Outdated.
    """
    fresh = locks.stage(stage, version)
    if closes_on < max(opens_on, today()):
        raise Rejected(_("채점 마감일은 오늘 또는 이후여야 합니다."), field="closes_on")
    before = fresh.closes_on
    fresh.opens_on, fresh.closes_on = opens_on, closes_on
    data = {"before": f"{before}", "after": closes_on.isoformat()}
    perform(fresh, "extend", actor=actor, reason=reason, data=data)
    judges = _whole(locks.judges(fresh))
    keep.refresh(*judges)
    notifications.extended(fresh, judges)


@transaction.atomic
def change_way(stage: Stage, way: str, *, reason: str, version: int | None = None, actor: Any) -> None:
    """Another way to reckon after the terms stood: both results are shown (E2).

    Locks: round, stage. Raises: Refused, Rejected, Outdated.
    """
    fresh = locks.stage(stage, version)
    if way == fresh.way:
        raise Rejected(_("지금과 다른 계산 방식을 골라 주세요."), field="way")
    if way == Way.CORRECTED and not fresh.is_split:
        raise Rejected(_("위원 성향 보정은 나누어 심사할 때만 쓸 수 있습니다."), field="way")
    if way == Way.CORRECTED:
        check_correction(fresh)
    fresh.way_before = fresh.way_before or fresh.way
    fresh.way, fresh.way_reason = way, reason.strip()[:200]
    perform(fresh, "change_way", actor=actor, reason=reason, data={"way": str(Way(way).label)})


def check_correction(stage: Stage) -> None:
    """Rejected where a judge has too few sheets for it (E4).

    Called by: whoever chooses another way, before scoring is closed and after.
    """
    least = CORRECTED_LEAST.on(today())
    rows = Sheet.objects.filter(judge__stage=stage, entry__out=False).exclude(state=SheetState.VOID)
    counts = rows.order_by().values("judge").annotate(n=Count("pk")).values_list("n", flat=True)
    if min(counts, default=least) < least:
        text = _("위원 성향 보정은 위원마다 %(least)d건 이상 채점할 때 쓸 수 있습니다.") % {"least": least}
        raise Rejected(text, field="way")


def _whole(judges: Sequence[Judge]) -> list[Judge]:
    """Read anew with all that their open work depends on."""
    return list(keep.loaded(JUDGE).filter(pk__in=[judge.pk for judge in judges]))


def may_close(stage: Stage) -> bool:
    """After its last day, or when nothing is left to score."""
    over = stage.closes_on is not None and stage.closes_on < today()
    return over or not open_sheets(stage).exists()


def open_sheets(stage: Stage) -> Any:
    return Sheet.objects.filter(
        judge__stage=stage, state=SheetState.OPEN, entry__out=False, judge__state=JudgeState.SIGNED
    )


@transaction.atomic
def close(stage: Stage, *, version: int | None = None, actor: Any) -> None:
    """Nothing is scored any more. A stage that selects says who goes on; when all are closed the round is a draft with
    its results reckoned.

    Locks: round, stage, judges (so whoever is saving a mark has saved it, or finds the stage closed). Raises: Refused,
    Rejected while judges may still score, Outdated.
    """
    fresh = locks.stage(stage, version)
    judges = locks.judges(fresh)
    if not may_close(fresh):
        raise Rejected(
            _("채점하지 않은 것이 남아 있어 %(day)s까지는 마감할 수 없습니다.")
            % {"day": date_weekday(fresh.closes_on) if fresh.closes_on else ""}
        )
    perform(fresh, "close", actor=actor)
    keep.refresh(*_whole(judges))
    if fresh.passes is not None:
        _pass_on(fresh)
    if not fresh.round.stages.exclude(state=StageState.CLOSED).exists():
        _draft(fresh, actor)


def _draft(stage: Stage, actor: Any) -> None:
    round = locks.round_(stage.round_id)
    perform(round, "draft", actor=SYSTEM)
    results.reckon(round)


def _pass_on(stage: Stage) -> None:
    """The best of each division, with those equal to the last."""
    going = [entry.pk for entry, _score, place in results.standing(stage) if place <= (stage.passes or 0)]
    following = stage.round.stages.filter(order__gt=stage.order).order_by("order")
    Entry.objects.filter(pk__in=going).update(stage=_reach(following[0]))
    keep.refresh(*keep.loaded(STAGE).filter(pk__in=following))


@transaction.atomic
def reopen(stage: Stage, *, actor: Any = SYSTEM) -> None:
    """Scored again, after the round went back to being judged.

    Locks: round, stage, judges. Called by: results, when a round is judged again.
    """
    fresh = locks.stage(stage)
    judges = locks.judges(fresh)
    perform(fresh, "reopen", actor=actor)
    keep.refresh(*_whole(judges))


def quiet(stage: Stage) -> None:
    """Asks nobody for anything any more; of a round that was abandoned."""
    fresh = locks.stage(stage)
    judges = locks.judges(fresh)
    keep.refresh(fresh, *_whole(judges))

"""What keeps a judge from an entry: known (제척), declared (회피), asked for by an entrant (기피) (E3)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from basis.errors import Refused, Rejected
from core.actors import SYSTEM, columns
from core.editing import check_seen
from core.now import now
from core.permissions import ensure
from core.transition import perform, record
from evaluations import notifications
from evaluations.enums import SAID, ConflictState, Ground, JudgeState, RoundState, SheetState, StageState
from evaluations.kinds import kind_of
from evaluations.models import Conflict, Entry, Judge, Sheet, Stage
from evaluations.selectors.entries import entries_of, known_conflicts
from evaluations.services import locks
from organization.models import User

BATCH = 2_000


def note_known(stage: Stage, judges: Collection[Judge]) -> int:
    """Write down what the system knows; of how many pairs.

    Called by: stages, when judges are asked, under the stage's lock.
    """
    found = known_conflicts(stage.round, judges, list(entries_of(stage)))
    rows = [
        Conflict(judge_id=judge, entry_id=entry, ground=ground) for (entry, judge), ground in found.items()
    ]
    Conflict.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


Said = Mapping[int, tuple[str, str]]  # by the entry's key: ground and explanation


def note_said(judge: Judge, said: Said) -> None:
    """What a judge says of oneself. What was scored of it counts for nothing.

    Called by: judges.sign and declare, under the judge's lock. Raises: Rejected.
    """
    entries = entries_of(judge.stage).in_bulk(list(said))
    for pk, (ground, reason) in sorted(said.items()):
        if pk not in entries or ground not in SAID:
            raise Rejected(_("이해충돌의 대상과 사유를 다시 골라 주세요."), field="conflicts")
        if ground == Ground.DECLARED and not reason.strip():
            raise Rejected(_("회피하는 까닭을 적어 주세요."), field="conflicts")
        Conflict.objects.get_or_create(
            judge=judge,
            entry=entries[pk],
            ground=ground,
            defaults={"reason": reason.strip()[:500], "asked_by": judge.user},
        )
        void(judge, entries[pk])


def void(judge: Judge, entry: Entry) -> None:
    """The sheet of this pair, if there is one, counts for nothing."""
    sheet = Sheet.objects.select_for_update(of=("self",)).filter(judge=judge, entry=entry).first()
    if sheet is not None and sheet.state != SheetState.VOID:
        sheet.judge = judge
        perform(sheet, "void", actor=SYSTEM)


@transaction.atomic
def declare(judge: Judge, entry: Entry, ground: str, reason: str = "", *, actor: Any) -> None:
    """회피: a judge finds that something keeps them from an entry, as long as it is not scored.

    Locks: the judge. Raises: Refused, Rejected once the sheet is done or the stage closed.
    """
    fresh = locks.judge(judge)
    ensure(actor, "evaluations.score", fresh)
    if fresh.stage.state == StageState.CLOSED or not fresh.has_signed:
        raise Rejected(_("채점을 마감한 뒤에는 밝힐 수 없습니다."))
    if fresh.sheets.filter(entry=entry, state=SheetState.DONE).exists():
        raise Rejected(_("채점을 마친 대상입니다. ‘다시 채점’을 누른 뒤 밝혀 주세요."))
    note_said(fresh, {entry.pk: (ground, reason)})
    record(fresh, "score", actor=actor)


def panel_of(entry: Entry) -> list[Judge]:
    """Whom entrants may challenge: whoever sits in the stages their entry is judged in, by name, whether or not they
    were drawn for it."""
    rows = Judge.objects.filter(
        stage__round=entry.round_id,
        stage__order__lte=entry.stage,
        stage__state__in=(StageState.SIGNING, StageState.SCORING),
        user__isnull=False,
        state__in=(JudgeState.INVITED, JudgeState.SIGNED),
    )
    return list(
        rows.select_related("user__department", "stage__round").order_by("stage__order", "user__name", "pk")
    )


def being_judged(thing: Model) -> list[Entry]:
    """The entries of a thing whose panel may be challenged now, for its own page, whatever its kind."""
    kind = ContentType.objects.get_for_model(thing)
    rows = Entry.objects.filter(
        content_type=kind, object_id=thing.pk, out=False, round__state=RoundState.RUNNING
    )
    return [entry for entry in rows.select_related("round", "division") if panel_of(entry)]


@transaction.atomic
def challenge(entry: Entry, judge: Judge, reason: str, *, actor: Any) -> Conflict:
    """기피: an entrant asks that this member of the panel does not judge the entry. `actor` may be a bearer: the kind
    knows whose it is. The panel's chair decides.

    Locks: the judge. Raises: Refused for who is no entrant, Rejected.
    """
    fresh = locks.judge(judge)
    if not kind_of(entry.round).may_object(actor, entry):
        raise Refused(_("기피는 심사 대상을 낸 사람이 신청할 수 있습니다."))
    if fresh.pk not in {one.pk for one in panel_of(entry)}:
        raise Rejected(_("지금 심사하는 위원을 골라 주세요."), field="judge")
    if not reason.strip():
        raise Rejected(_("기피하는 까닭을 적어 주세요."), field="reason")
    asked, made = Conflict.objects.get_or_create(
        judge=fresh,
        entry=entry,
        ground=Ground.CHALLENGED,
        defaults={
            "state": ConflictState.ASKED,
            "reason": reason.strip()[:500],
            **columns(actor, "asked_by"),
        },
    )
    if not made:
        raise Rejected(_("이 위원에 대한 기피를 이미 신청했습니다."), field="judge")
    record(asked, "challenge", actor=actor)
    notifications.challenged(asked, User.objects.filter(pk__in=asked.deciders()))
    return asked


@transaction.atomic
def decide(
    conflict: Conflict, *, uphold: bool, answer: str, version: int | None = None, actor: Any
) -> Conflict:
    """The chair decides in person; what was scored by who is kept away counts for nothing.

    Locks: the judge, the challenge. Raises: Refused, Rejected, Outdated.
    """
    judge = locks.judge(conflict.judge_id)
    rows = Conflict.objects.select_for_update(of=("self",)).select_related("entry", "asked_by")
    fresh = rows.get(pk=conflict.pk)
    fresh.judge = judge
    check_seen(fresh, version)
    if judge.stage.state == StageState.CLOSED:
        raise Rejected(_("채점을 마감한 뒤에는 결정할 수 없습니다."))
    fresh.answer, fresh.decided_at = answer.strip()[:500], now()
    perform(fresh, "uphold" if uphold else "refuse", actor=actor, reason=answer)
    if uphold:
        void(judge, fresh.entry)
        record(judge, "score", actor=SYSTEM)
    notifications.decided(fresh)
    return fresh


def marked(judge: Judge) -> Sequence[Conflict]:
    """All that stands between this judge and entries."""
    return list(judge.conflicts.filter(state=ConflictState.STANDS).select_related("entry"))

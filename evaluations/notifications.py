"""Who is told what while a round is judged. Nothing here depends on what anybody scored (E3)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import days_between
from basis.official import in_office_language
from evaluations.enums import SheetState
from evaluations.models import Conflict, Judge, Sheet, Stage
from notifications.services import notify
from organization.models import User


@in_office_language
def called(judges: Sequence[Judge]) -> None:
    """Asked to judge: first to sign."""
    for judge in judges:
        if judge.user is None:
            continue
        stage = judge.stage
        notify(
            "evaluations.called",
            [judge.user],
            title=_("심사를 부탁드립니다: %(title)s") % {"title": stage.round.title},
            body=_("먼저 서약하고 이해충돌이 있는지 밝혀 주세요. 채점 기간은 %(days)s입니다.")
            % {"days": days_of(stage)},
            url=judge.get_absolute_url(),
            key=f"judge:{judge.pk}:called",
            personal=True,
        )


def days_of(stage: Stage) -> str:
    if stage.opens_on is None or stage.closes_on is None:
        return ""
    return days_between(stage.opens_on, stage.closes_on)


@in_office_language
def started(stage: Stage, judges: Iterable[Judge]) -> None:
    """Their sheets are there."""
    for judge in judges:
        if judge.user is not None and judge.sheets.exists():
            notify(
                "evaluations.started",
                [judge.user],
                title=_("채점할 수 있습니다: %(title)s") % {"title": stage.round.title},
                body=_("채점 기간은 %(days)s입니다.") % {"days": days_of(stage)},
                url=judge.get_absolute_url(),
                key=f"judge:{judge.pk}:started",
                personal=True,
            )


@in_office_language
def extended(stage: Stage, judges: Iterable[Judge]) -> None:
    """Those who have something left to do."""
    for judge in judges:
        open_ = any(sheet.state == SheetState.OPEN for sheet in judge.sheets.all())
        if judge.user is not None and (open_ or not judge.has_signed):
            notify(
                "evaluations.extended",
                [judge.user],
                title=_("채점 기간이 바뀌었습니다: %(title)s") % {"title": stage.round.title},
                body=days_of(stage),
                url=judge.get_absolute_url(),
                key=f"judge:{judge.pk}:window:{stage.opens_on}:{stage.closes_on}",
                personal=True,
            )


@in_office_language
def left(judge: Judge, planning: Iterable[User], *, released: bool) -> None:
    """A judge does it no more: planning asks others."""
    title = (
        _("심사위원이 해촉되었습니다: %(title)s")
        if released
        else _("심사를 맡지 않겠다고 했습니다: %(title)s")
    )
    notify(
        "evaluations.left",
        planning,
        title=title % {"title": judge.stage.round.title},
        body=str(judge.user or judge),
        url=judge.stage.get_absolute_url(),
        key=f"judge:{judge.pk}:left:{judge.version}",
    )
    if released and judge.user is not None:
        notify(
            "evaluations.released",
            [judge.user],
            title=_("심사에서 해촉되었습니다: %(title)s") % {"title": judge.stage.round.title},
            url="",
            key=f"judge:{judge.pk}:released",
            personal=True,
        )


@in_office_language
def challenged(conflict: Conflict, deciders: Iterable[User]) -> None:
    notify(
        "evaluations.challenged",
        deciders,
        title=_("기피 신청이 있습니다: %(title)s") % {"title": conflict.judge.stage.round.title},
        url=conflict.get_absolute_url(),
        key=f"conflict:{conflict.pk}:asked",
        personal=True,
    )


@in_office_language
def decided(conflict: Conflict) -> None:
    """The entrant who asked, where that is one of the staff; others are told by the kind's own letters."""
    asker: Any = conflict.asked_by
    if asker is not None:
        notify(
            "evaluations.decided",
            [asker],
            title=_("기피 신청이 결정되었습니다: %(result)s") % {"result": conflict.get_state_display()},
            body=conflict.answer,
            key=f"conflict:{conflict.pk}:decided",
            personal=True,
        )


@in_office_language
def typed_apart(sheet: Sheet, people: Iterable[User], criteria: Sequence[str]) -> None:
    """Both who typed a paper sheet: by which criteria they differ, never what was typed."""
    notify(
        "evaluations.typed_apart",
        people,
        title=_("두 사람이 입력한 채점표가 다릅니다: %(sheet)s") % {"sheet": sheet},
        body=_("다시 보고 입력해 주세요: %(criteria)s") % {"criteria": ", ".join(criteria)},
        url=sheet.judge.stage.get_absolute_url(),
        key=f"sheet:{sheet.pk}:apart:{sheet.version}",
        personal=True,
    )

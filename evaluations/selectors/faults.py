"""What is wrong with a round or stage before it begins: read first, refused after (E2, E3, O4)."""

from django.utils.translation import gettext as _

from core.now import today
from evaluations.enums import Body, Way
from evaluations.models import Round, Stage
from evaluations.policies import CORRECTED_LEAST
from evaluations.selectors.entries import entries_of
from evaluations.selectors.panels import composition_faults, seats_of


def faults_of(stage: Stage) -> list[str]:
    """Everything at once, in words for whoever prepares it."""
    found = []
    if not stage.criteria.exists():
        found.append(_("심사 기준이 없습니다."))
    if stage.opens_on is None or stage.closes_on is None:
        found.append(_("채점 기간을 정하지 않았습니다."))
    elif stage.closes_on < today():
        found.append(_("채점 기간이 이미 지났습니다."))
    count = entries_of(stage).count()
    if not count:
        found.append(_("심사 대상이 없습니다."))
    if stage.body == Body.PANEL:
        found += _of_panel(stage)
    elif stage.is_split:
        found.append(_("구민 평가단은 모든 대상을 채점합니다. ‘대상마다 심사자 수’를 비워 주세요."))
    return [f"{stage.title}: {text}" for text in found]


def warnings_of(stage: Stage) -> list[str]:
    """What does not keep it from beginning, but should be known: by which other way it is reckoned (E4), the
    composition of the panel (O4)."""
    other = instead(stage)
    faults = composition_faults(stage, stage.opens_on or today())
    return [
        *([f"{stage.title}: {other[1]}"] if other else []),
        *(f"{stage.panel}: {text}" for text in faults),
    ]


def _of_panel(stage: Stage) -> list[str]:
    if stage.panel is None:
        return [_("심사할 위원회를 정하지 않았습니다.")]
    day, found = stage.opens_on or today(), []
    seats = seats_of(stage, day)
    if not seats:
        found.append(_("심사할 위원이 없습니다."))
    if stage.round.run_by_id in {seat.user_id for seat in seats}:
        found.append(_("심사 담당자가 위원으로 있습니다. 심사를 진행하는 사람은 심사할 수 없습니다."))
    if stage.per_entry is not None and stage.per_entry > len(seats) > 0:
        found.append(
            _("대상마다 %(wanted)d명이 심사하려면 위원이 모자랍니다(%(count)d명).")
            % {"wanted": stage.per_entry, "count": len(seats)}
        )
    return found


def instead(stage: Stage) -> tuple[Way, str] | None:
    """By which way a stage is reckoned where its judges cannot be corrected, and why: they must have been drawn, and
    have enough to do (E4). None where they can, or need not be."""
    if stage.way != Way.CORRECTED:
        return None
    if stage.per_entry is None:
        why = _("모두가 모든 대상을 심사하므로 위원 성향 보정을 쓰지 않고 %(way)s(으)로 계산합니다.")
        return Way.TRIMMED, why % {"way": Way.TRIMMED.label}
    least, judges = CORRECTED_LEAST.on(today()), len(seats_of(stage, stage.opens_on or today()))
    each = entries_of(stage).count() * stage.per_entry // max(judges, 1)
    if each >= least:
        return None
    why = _(
        "대상이 적어 위원마다 %(each)d건쯤 채점하므로(위원 성향 보정은 %(least)d건부터) %(way)s(으)로 계산합니다."
    )
    return Way.MEAN, why % {"each": each, "least": least, "way": Way.MEAN.label}


def faults_of_round(round: Round) -> list[str]:
    stages = list(round.stages.select_related("round", "panel").order_by("order"))
    if not stages:
        return [_("심사 단계가 없습니다.")]
    found = faults_of(stages[0])
    bare = _("심사 기준이 없습니다.")
    found += [f"{stage.title}: {bare}" for stage in stages[1:] if not stage.criteria.exists()]
    deciding = sum(stage.share for stage in stages if stage.passes is None)
    if deciding != WHOLE:
        found.append(
            _("결과에 반영하는 단계의 비율을 더하면 100%%여야 합니다(지금 %(sum)d%%).") % {"sum": deciding}
        )
    if stages[-1].passes is not None:
        found.append(_("마지막 단계에는 다음 단계로 올릴 수를 적지 않습니다."))
    if not any(grade.at_most for division in round.divisions.all() for grade in division.grades.all()):
        found.append(
            _(
                "시상 등급이 없습니다. 방침(심사와 시상)에서 등급마다 시상 수와 시상금을 정하고 "
                "심사를 다시 만들어 주세요."
            )
        )
    return found


WHOLE = 100

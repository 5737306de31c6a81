"""Who is told what of the contests in which a proposal was judged: citizens by letter, staff by a notice (E4)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from evaluations.models import Objection, Result, Round
from proposals.models import Proposal
from proposals.services.news import tell_proposer


def _proposal(result: Result) -> Proposal:
    found = result.entry.thing
    assert isinstance(found, Proposal)
    return found


def _outcome(result: Result) -> str:
    return result.grade.name if result.grade else _("시상 대상 아님")


def _tell(round: Round, result: Result, kind: str, title: str, body: str) -> None:
    key = f"proposals:judged:{round.pk}:{result.pk}:{kind}:{round.version}"
    tell_proposer(_proposal(result), kind, title % {"title": result.entry.title}, body, key)


@in_office_language
def announced(round: Round, results: Sequence[Result]) -> None:
    until = round.objections_until
    last = _("%(day)s까지 이의를 신청할 수 있습니다.") % {"day": date_weekday(until)} if until else ""
    for one in results:
        said = f"{round.title} · {_outcome(one)}\n{last}".strip()
        _tell(round, one, "judged_announced", _("심사 결과 예정: %(title)s"), said)


@in_office_language
def confirmed(round: Round, results: Sequence[Result]) -> None:
    for one in results:
        said = f"{round.title} · {_outcome(one)}"
        kind, title = (
            ("awarded", _("수상: %(title)s")) if one.grade else ("judged", _("심사 결과: %(title)s"))
        )
        _tell(round, one, kind, title, said)


@in_office_language
def corrected(result: Result) -> None:
    made = result.corrections.filter(made_at__isnull=False).order_by("pk").last()
    assert made is not None
    after = made.after.name if made.after else _("시상 대상 아님")
    said = f"{result.entry.round.title} · {_outcome(result)} → {after}\n{made.reason}"
    _tell(result.entry.round, result, "judged_corrected", _("심사 결과 정정: %(title)s"), said)


@in_office_language
def answered(objection: Objection) -> None:
    """Staff are told by the engine itself."""
    said = f"{objection.get_state_display()}\n{objection.answer}"
    key = f"proposals:judged:objection:{objection.pk}:{objection.version}"
    proposal = objection.entry.thing
    assert isinstance(proposal, Proposal)
    title = _("심사 이의 답변: %(title)s") % {"title": objection.entry.title}
    tell_proposer(proposal, "judged_answer", title, said, key)

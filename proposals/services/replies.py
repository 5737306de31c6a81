"""What proposers say of what was carried out, and what it brought (P8, P14)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import office_text
from core.now import today
from core.permissions import ensure
from core.transition import perform
from proposals.enums import Grade, Verdict
from proposals.models import Reply, Undertaking
from proposals.policies import GRADE_FROM
from proposals.services import news
from proposals.services.following import locked, open_anew


@transaction.atomic
def answer(undertaking: Undertaking, verdict: str, text: str = "", *, actor: Any) -> Reply:
    """The proposer says whether it was done; that it was not opens it anew. The words stand in the reply alone: no log
    keeps them beyond their time.

    Locks: the undertaking. Raises: Rejected where nothing is asked, or it was answered before.
    """
    undertaking = locked(undertaking)
    ensure(actor, "proposals.say_done", undertaking)
    reply = undertaking.replies.filter(answered_on=None).first()
    if reply is None:
        raise Rejected(_("지금은 여쭙는 것이 없습니다. 이미 답해 주셨다면 그 답이 남아 있습니다."))
    reply.verdict, reply.text, reply.answered_on = verdict, text.strip(), today()
    reply.save()
    undertaking.verdict = verdict
    if verdict == Verdict.NOT_DONE:
        open_anew(undertaking)
        perform(undertaking, "deny", actor=actor)
        news.denied(undertaking, text)
    else:
        perform(undertaking, "answer", actor=actor, data={"text": office_text(Verdict(verdict).label)})
        news.answered_by_proposer(undertaking, verdict)
    return reply


def grade_of(net: int) -> Grade:
    """By the thresholds of today: the highest that is reached."""
    return next((grade for grade, least in GRADE_FROM.items() if net >= least.current()), Grade.E)


@transaction.atomic
def report_effect(
    undertaking: Undertaking, *, saving: int | None, cost: int | None, words: str, actor: Any
) -> None:
    """What the year from the first effect brought, in won or in words.

    Locks: the undertaking. Raises: Rejected where neither is said, or nobody asked.
    """
    undertaking = locked(undertaking)
    effect = getattr(undertaking, "effect", None)
    if effect is None or effect.reported_on:
        raise Rejected(_("지금은 제출할 효과가 없습니다."))
    if saving is None and not words.strip():
        raise Rejected(_("효과를 금액이나 글로 적어 주세요."), field="saving")
    if saving is not None and cost is None:
        raise Rejected(_("들어간 비용을 입력해 주세요. 없으면 0을 입력합니다."), field="cost")
    effect.saving, effect.cost, effect.words = saving, cost, words.strip()
    effect.reported_on, effect.reported_by = today(), actor
    effect.save()
    perform(undertaking, "report_effect", actor=actor)
    news.effect_reported(undertaking)


@transaction.atomic
def return_effect(undertaking: Undertaking, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Ask the department to reckon again; done by planning.

    Locks: the undertaking. Raises: Outdated, Rejected where nothing waits.
    """
    undertaking = locked(undertaking, version)
    effect = _to_grade(undertaking, actor)
    effect.reported_on = effect.reported_by = None
    effect.save()
    perform(undertaking, "return_effect", actor=actor, reason=reason)
    news.answered(undertaking, reason)


@transaction.atomic
def grade(
    undertaking: Undertaking, chosen: str, *, reason: str, actor: Any, version: int | None = None
) -> None:
    """Confirm the effect with its grade. Another than the thresholds give, or one of an effect in words, has a reason.

    Locks: the undertaking. Raises: Outdated, Rejected where the reason is missing.
    """
    undertaking = locked(undertaking, version)
    effect = _to_grade(undertaking, actor)
    by_figures = None if effect.net is None else grade_of(effect.net)
    if chosen != by_figures and not reason.strip():
        raise Rejected(
            _("기준 금액과 다른 등급을 정하거나 금액이 없을 때에는 까닭을 입력해 주세요."), field="reason"
        )
    effect.grade, effect.grade_reason = chosen, reason.strip()
    effect.graded_on, effect.graded_by = today(), actor
    effect.save()
    perform(undertaking, "grade", actor=actor, reason=reason, data={"text": office_text(Grade(chosen).label)})
    news.graded(undertaking)


def _to_grade(undertaking: Undertaking, actor: Any) -> Any:
    ensure(actor, "proposals.grade_effect", undertaking)
    effect = getattr(undertaking, "effect", None)
    if effect is None or effect.reported_on is None or effect.grade:
        raise Rejected(_("확인할 효과가 없습니다."))
    return effect

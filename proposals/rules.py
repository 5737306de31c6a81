"""Who may do what with proposals: everybody reads what is public, the proposer what is theirs, planning handles all."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import always_false, predicate

from core.actors import asked
from core.permissions import NOBODY, Own, permit
from organization.rules import heads_planning, is_auditor, is_executive, is_planning, is_staff, reads_all
from organization.selectors import led_by
from reviews.rules import permit_reviews

LINK = "proposals.link"  # the proposer's own pages
FOLLOW = "proposals.news"  # news of a proposal by mail: confirmed and stopped
WRITING = "proposals.writing"  # what is being written without an account
PLANNING_ONLY = _("제안은 기획예산과 담당자가 처리할 수 있습니다.")
PROPOSER_ONLY = _("제안한 사람이 할 수 있습니다.")


def proposers(proposal: Any) -> Iterable[int | None]:
    """The staff who made it: none of them answers for the office or decides on it (D9)."""
    return [one.user_id for one in _made(proposal).proposers.all()]


def _made(thing: Any) -> Any:
    """The proposal; of an answer to one, what it is about."""
    return getattr(thing, "proposal", thing)


@predicate
def made_it(user: Any, proposal: Any) -> bool:
    return proposal is not None and user.pk in proposers(proposal)


@predicate
def is_live(_user: Any, proposal: Any) -> bool:
    """Nothing is done with a record of earlier years (N1)."""
    return proposal is None or not _made(proposal).is_record


@predicate
def is_of_record(_user: Any, proposal: Any) -> bool:
    """Of earlier years (N1)."""
    return proposal is not None and proposal.is_record


@predicate
def is_concerned(user: Any, proposal: Any) -> bool:
    """Sees all there is of it: its files, and what the office says of it among itself."""
    return proposal is not None and type(proposal).objects.concerning(user).filter(pk=proposal.pk).exists()


def _prepared(call: Any) -> Iterable[int | None]:
    """Who wrote it and who asked for it: they do not publish it (D9)."""
    return [call.prepared_by_id, *asked(call, "create", "ask")]


@predicate
def prepares(user: Any, call: Any) -> bool:
    """Of its department; any staff where there is none yet."""
    return call is None or call.department_id == user.department_id


permit("proposals.files", reads_all | is_concerned, bearer=Own(LINK))
permit("proposals.write", always_false, bearer=Own(WRITING), reveals=NOBODY)
permit("proposals.news", always_false, bearer=Own(FOLLOW), reveals=NOBODY)
permit("proposals.own", made_it, PROPOSER_ONLY, bearer=Own(LINK), reveals=NOBODY, personal=True)
permit("proposals.propose", is_staff, _("직원 제안은 구청 직원이 할 수 있습니다."), reveals=NOBODY)
permit("proposals.desk", is_staff, reveals=NOBODY)
permit("proposals.view", is_staff, reveals=NOBODY)
permit_reviews("proposals", proposers)
permit("proposals.dispatch", is_planning, PLANNING_ONLY, reveals=NOBODY)
permit("proposals.plan", is_planning, PLANNING_ONLY, reveals=NOBODY)
permit(
    "proposals.decide",
    (is_planning | heads_planning) & is_live,
    _("제안은 그 제안을 하지 않은 기획예산과 담당자나 기획예산과장이 처리할 수 있습니다."),
    never=proposers,
)
permit("proposals.complaints", is_planning | is_executive | is_auditor, reveals=NOBODY)
permit(
    "proposals.decide_complaint",
    is_planning | heads_planning,
    _("신고는 그 제안을 하지 않은 기획예산과 담당자나 기획예산과장이 처리할 수 있습니다."),
    never=lambda complaint: proposers(complaint.proposal),
)
permit("proposals.calls", is_staff, reveals=NOBODY)
permit(
    "proposals.prepare_call",
    is_planning | (is_staff & prepares),
    _("공모는 담당 부서와 기획예산과 담당자가 준비할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "proposals.plan_call",
    is_planning,
    _("공개한 공모는 기획예산과 담당자가 고칠 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "proposals.publish_call",
    is_planning | heads_planning,
    _("공모는 그 공모를 준비하지 않은 기획예산과 담당자나 기획예산과장이 공개할 수 있습니다."),
    never=_prepared,
)
permit("proposals.statistics", is_staff, reveals=NOBODY)
permit(
    "proposals.import",
    is_planning,
    _("제안을 엑셀로 등록하고 내려받는 일은 기획예산과 담당자가 할 수 있습니다."),
    reveals="proposer",
)
permit(
    "proposals.correct_record",
    is_planning & is_of_record,
    _("지난 제안의 기록은 기획예산과 담당자가 정정할 수 있습니다."),
)
permit(
    "proposals.forget",
    is_planning,
    _("제안자의 개인정보는 기획예산과 담당자가 파기할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "proposals.contact",
    is_planning,
    _("제안자의 이름과 연락처는 기획예산과 담당자가 사유를 적고 볼 수 있습니다."),
    reveals="proposer",
)


@predicate
def of_department(user: Any, undertaking: Any) -> bool:
    return (
        undertaking is not None
        and user.department_id is not None
        and user.department_id == undertaking.department_id
    )


@predicate
def leads_it(user: Any, undertaking: Any) -> bool:
    return undertaking is not None and undertaking.department_id in led_by(user)


@predicate
def proposed_it(user: Any, thing: Any) -> bool:
    return thing is not None and made_it(user, thing.proposal)


def of_its_proposal(thing: Any) -> Any:
    return thing.proposal


def reporters(undertaking: Any) -> Iterable[int | None]:
    """Who said that it is carried out, and who proposed it."""
    said = asked(undertaking, "report") if undertaking.pk else ()
    return [undertaking.reported_by_id, *said, *proposers(undertaking.proposal)]


def assessors(undertaking: Any) -> Iterable[int | None]:
    """Who reckoned the effect, and who proposed it."""
    effect = getattr(undertaking, "effect", None)
    return [
        effect and effect.reported_by_id,
        *asked(undertaking, "report_effect"),
        *proposers(undertaking.proposal),
    ]


permit(
    "proposals.follow",
    of_department | leads_it | is_planning,
    _("제안 이행은 담당 부서와 기획예산과 담당자가 처리할 수 있습니다."),
)
permit(
    "proposals.confirm_following",
    is_planning | heads_planning,
    _("시행 확인은 보고하지도 제안하지도 않은 기획예산과 담당자나 기획예산과장이 할 수 있습니다."),
    never=reporters,
)
permit(
    "proposals.grade_effect",
    is_planning | heads_planning,
    _("효과 등급은 효과를 제출하지도 제안하지도 않은 기획예산과 담당자나 기획예산과장이 정할 수 있습니다."),
    never=assessors,
)
permit("proposals.manage_following", is_planning, PLANNING_ONLY)
permit("proposals.say_done", proposed_it, PROPOSER_ONLY, bearer=Own(LINK, of_its_proposal), personal=True)
permit(
    "proposals.withdraw_objection",
    proposed_it,
    PROPOSER_ONLY,
    bearer=Own(LINK, of_its_proposal),
    personal=True,
)
permit(
    "proposals.decide_objection",
    is_planning | heads_planning,
    _("이의와 재심사는 그 제안을 하지 않은 기획예산과 담당자나 기획예산과장이 처리할 수 있습니다."),
    never=lambda objection: proposers(objection.proposal),
)
permit(
    "proposals.objections",
    reads_all,
    _("이의·재심사 목록은 기획예산과와 간부, 감사 담당자가 볼 수 있습니다."),
    reveals=NOBODY,
)

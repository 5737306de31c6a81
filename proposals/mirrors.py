"""Proposals of staff as they stand on the knowledge board: a proposal and its post are one event (B8, K5)."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.enums import Area
from knowledge.sockets import Article, Mirror
from proposals.enums import Kind, State
from proposals.models import Proposal, Proposer

# Planning has looked at it, and taken it for a proposal: that approves its post (K2).
TAKEN = (State.REVIEW, State.REVIEWED, State.OPINION, State.ADOPTED, State.REJECTED)


def _rows() -> QuerySet[Proposal]:
    """Of which everybody may read all; hidden ones stand nowhere."""
    main = Proposer.objects.filter(is_main=True).select_related("user__department")
    rows = Proposal.objects.shown().filter(kind=Kind.STAFF, state__in=TAKEN)
    return rows.prefetch_related(Prefetch("proposers", main, to_attr="told"))


def _article(proposal: Proposal) -> Article:
    """Its main proposer's. What came before the board earns nothing (N1)."""
    people = [one.user for one in proposal.told]  # type: ignore[attr-defined]  # prefetched
    parts = [
        "\n".join((_("지금의 문제"), proposal.problem)),
        "\n".join((_("이렇게 바꾸고 싶어요"), proposal.improvement)),
        "\n".join((_("좋아지는 점"), proposal.effect)) if proposal.effect else "",
        _("지금 상태: %(state)s") % {"state": proposal.get_state_display()},
    ]
    return Article(
        proposal.public_title,
        proposal.cover("\n\n".join(filter(None, parts))),
        people[0] if people else None,
        proposal.received_on,
        proposal.field_label,
        earns=not proposal.is_record,
    )


MIRROR = Mirror(Proposal, Area.IDEA, gettext_lazy("직원 제안"), _rows, _article)

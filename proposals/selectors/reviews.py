"""What departments have in hand of proposals."""

from django.utils.translation import gettext as _

from organization.models import Department
from proposals.models import ProposalReview


def open_of(department: Department) -> int:
    """Answers that a department has still to give."""
    return ProposalReview.objects.open().filter(department=department).count()


def folded(old: Department, new: Department) -> list[str]:
    """With a merger: those for which the successor's own will stand."""
    standing = ProposalReview.objects.live().filter(department=new).values("proposal")
    count = ProposalReview.objects.open().filter(department=old, proposal__in=standing).count()
    words = _("그중 제안 검토 %(count)d건은 승계 부서의 같은 검토와 합칩니다.")
    return [words % {"count": count}] if count else []

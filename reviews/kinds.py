"""What a process says of its departments' reviews: one `ReviewKind`, plugged into `KINDS` by its `process.py`."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Generic

from basis.sockets import Socket
from core.models import Clock
from organization.models import Department
from reviews.figures import Figures
from reviews.models import DepartmentReview, R


class ReviewKind(Generic[R]):
    """A process has one subclass: the facts below, how its subject is locked, what an answer must say, and what follows
    from steps. All hooks but `clean` are called under the locks of subject and review.

    `prefix` begins the names of permissions (`reviews.rules.permit_reviews`), notices, drafts and addresses. `answer`
    names the fields in which a department answers, `logged` those of them that the log repeats, `beside` what is read
    with a review (select_related).
    """

    model: ClassVar[type[Any]]
    prefix: ClassVar[str]
    figures: ClassVar[Figures]
    answer: ClassVar[tuple[str, ...]]
    logged: ClassVar[tuple[str, ...]] = ()
    beside: ClassVar[tuple[str, ...]] = ()

    @property
    def clock(self) -> str:
        """The name of its clocks."""
        return f"{self.prefix}.review"

    def lock(self, pk: int) -> Any:
        """The subject as it is now, under its lock."""
        raise NotImplementedError

    def lock_all(self, pks: Any) -> list[int]:
        """Lock several subjects in the order of their keys; gives these."""
        raise NotImplementedError

    def clean(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the `answer` fields, as they are to be kept. Raises: Rejected beside the field where something
        is missing."""
        raise NotImplementedError

    def excluded(self, review: R) -> Collection[int]:
        """Ids of the users who have no part in this review, as it concerns what is theirs (D9)."""
        return ()

    def refresh(self, subject: Any) -> None:
        """Keep what lists show of the subject's reviews: a review or its deadline has changed."""

    def completed(self, review: R, actor: Any) -> None:
        """A department has answered."""

    def check_reopen(self, review: R) -> None:
        """Raises: Rejected where a completed answer is not to be corrected any more."""

    def reopened(self, review: R, reason: str, actor: Any) -> None:
        """An answer is to be corrected: take back what followed from it."""

    def recalled(self, review: R, reason: str, actor: Any) -> None:
        """A department is not asked any more, and has been told."""

    def folded(self, review: R) -> None:
        """Another review of the department that took over stands for this one."""

    def twin(self, review: R, department: Department) -> R | None:
        """The live review of the same question by another department."""
        same = {review.SUBJECT: review.subject_id}
        found: R | None = self.model.objects.live().filter(department=department, **same).first()
        return found

    def concerned(self, old: Department) -> Collection[int]:
        """Subjects to be locked beside those of open reviews before a department's work goes to another."""
        return ()

    def merged(self, old: Department, new: Department, folded: Mapping[int, R], actor: Any) -> None:
        """The open reviews of `old` are `new`'s; `folded`: which stands for one that was folded, by its key."""


KINDS: Socket[ReviewKind[Any]] = Socket("kinds of reviews", key=lambda kind: kind.clock)


def kind_of(review: DepartmentReview) -> ReviewKind[Any]:
    return next(kind for kind in KINDS if isinstance(review, kind.model))


def kind_of_clock(clock: Clock) -> ReviewKind[Any]:
    return KINDS[clock.kind]

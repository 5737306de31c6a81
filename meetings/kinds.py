"""What a process says of the panels it has: one `PanelKind`, plugged into `KINDS` by its `process.py`. Committees are
the kind of this app; learning clubs, briefings and education have theirs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.sockets import Socket
from meetings.enums import Chair
from mileage.catalogue import Rule


class PanelKind:
    """A process has one subclass; hooks are called under the locks of panel and session.

    `section`: where in the menu its pages stand; `home`: the first of their ways back, with the name of its address.
    `called`: what one of them is called, where that is another word than `label`. `chairs`: what seats are called in
    it, of those it has. `member`, `members_of`: what is said of whoever sits in it.
    `words`: what its pages say of a session, by what is said.
    `resolves`: it votes with a quorum (E7). `by_planning`: planning prepares it and writes down. `reasoned`: its
    sessions move only with a reason. `stand_ins`: another may come instead of a member. `shared`: all staff read its
    minutes once they stand. `rule`: what its regular sessions earn, by `hours`.
    """

    key: ClassVar[str]
    label: ClassVar[Any]
    section: ClassVar[str]
    home: ClassVar[tuple[Any, str]]
    called: ClassVar[Any] = ""
    chairs: ClassVar[Mapping[str, Any]]
    member: ClassVar[Any]
    words: ClassVar[Mapping[str, Any]] = {
        "about": _("모임 개요"),
        "minutes": _("모임 내용"),
        "files": _("모임 자료"),
        "title": _("모임 이름"),
        "plan": _("모임 잡기"),
        "to_page": _("모임 화면으로 돌아가기"),
    }
    resolves: ClassVar[bool] = False
    by_planning: ClassVar[bool] = False
    reasoned: ClassVar[bool] = False
    stand_ins: ClassVar[bool] = False
    shared: ClassVar[bool] = False
    rule: ClassVar[Rule | None] = None

    @property
    def noun(self) -> Any:
        return self.called or self.label

    def chair_label(self, chair: str) -> str:
        return str(self.chairs.get(chair) or Chair(chair).label)

    def page(self, panel: Any) -> str:
        """Where the panel is read."""
        raise NotImplementedError

    def hours(self, presence: str, day: date) -> int:
        """What being there in this way is worth, in hundredths of hours."""
        return 0

    def meets(self, panel: Any, day: date) -> bool:
        """Whether it is to meet in the period of this day at all."""
        return True

    def may_seat(self, user: Any, panel: Any) -> bool:
        """Who changes its seats, beside planning."""
        return False

    def offers(self, user: Any, panel: Any) -> Iterable[tuple[Any, str]]:
        """What could stand on the agenda of the next session beside earlier decisions, with its words."""
        return ()

    def papers(self, session: Any) -> Sequence[tuple[Any, str]]:
        """What is put before a session beside its files: names and addresses."""
        return ()

    def moved(self, panel: Any) -> None:
        """Who sits in it is another."""

    def confirmed(self, session: Any, actor: Any) -> None:
        """The minutes stand."""

    def undone(self, session: Any, reason: str, actor: Any) -> None:
        """They do not stand any more."""


class Committee(PanelKind):
    key: ClassVar[str] = "committee"
    label = _("위원회·평가단")
    called = _("위원회")
    section = "evaluations"
    home = (_("위원회·평가단"), "meetings:panels")
    chairs: ClassVar[Mapping[str, Any]] = {
        one: one.label for one in (Chair.CHAIR, Chair.VICE, Chair.MEMBER, Chair.SECRETARY)
    }
    member = _("위원")
    words: ClassVar[Mapping[str, Any]] = {
        "about": _("회의 개요"),
        "minutes": _("회의 내용"),
        "files": _("회의 자료"),
        "title": _("회의 이름"),
        "plan": _("회의 잡기"),
        "to_page": _("회의 화면으로 돌아가기"),
    }
    resolves = True
    by_planning = True

    def page(self, panel: Any) -> str:
        return reverse("meetings:panel", args=[panel.pk])


COMMITTEE = Committee.key
KINDS: Socket[PanelKind] = Socket("kinds of panels", key=lambda kind: kind.key)

"""Who is told what of a club's papers, money and awards (C2, C4, C5)."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday, won
from basis.official import in_office_language
from clubs.enums import ReportKind
from clubs.holding import LEADING, sitting
from clubs.models import Best, Club, Report, Support
from meetings.enums import Chair
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import holders_of


def leaders(club: Club) -> list[User]:
    """Its president, leaders and secretaries."""
    return people(sitting(club, *LEADING))


def people(pks: Collection[int]) -> list[User]:
    return list(User.objects.filter(pk__in=pks, is_active=True).order_by("pk"))


def _tell(thing: Any, kind: str, whom: Iterable[User | None], title: str, body: str = "") -> None:
    notify(
        f"clubs.{kind}",
        [one for one in whom if one],
        title=f"{title}: {thing}",
        body=body,
        url=thing.get_absolute_url(),
        key=f"{thing._meta.model_name}:{thing.pk}:{kind}:{thing.version}",
    )


# -- papers
@in_office_language
def sent(report: Report) -> None:
    """Planning hears of those that it goes on with; of the many monthly ones the list tells."""
    if report.kind != ReportKind.MONTH:
        _tell(report, "report_sent", holders_of(Role.PLANNING), _("동아리 보고서가 들어왔습니다"))


@in_office_language
def returned(report: Report, reason: str) -> None:
    _tell(
        report,
        "report_returned",
        [report.written_by, *leaders(report.club)],
        _("동아리 보고서를 고쳐 주세요"),
        reason,
    )


@in_office_language
def waived(report: Report, reason: str) -> None:
    _tell(report, "report_waived", leaders(report.club), _("동아리 보고서를 받지 않기로 했습니다"), reason)


@in_office_language
def asked_again(report: Report) -> None:
    due = _("제출 기한은 %(day)s입니다.") % {"day": date_weekday(report.due_on)}
    _tell(report, "report_again", leaders(report.club), _("동아리 보고서를 내 주세요"), due)


# -- money
@in_office_language
def asked(support: Support) -> None:
    _tell(support, "support_asked", holders_of(Role.PLANNING), _("동아리 지원 신청"), won(support.amount))


@in_office_language
def decided(support: Support, title: str, body: str) -> None:
    """Approved, refused, given back, settled."""
    secretaries = people(sitting(support.club, Chair.SECRETARY))
    _tell(support, "support_decided", [support.asked_by, *secretaries], title, body)


@in_office_language
def withdrawn(support: Support, reason: str) -> None:
    title = _("승인한 동아리 지원이 취소되었습니다")
    _tell(support, "support_withdrawn", holders_of(Role.PLANNING), title, reason)


@in_office_language
def claimed(support: Support) -> None:
    _tell(
        support,
        "support_claimed",
        holders_of(Role.PLANNING),
        _("동아리 지원 정산 신청"),
        won(support.actual or 0),
    )


@in_office_language
def to_pay(support: Support) -> None:
    """An adviser's fee that is to be paid outside this system (A3)."""
    body = _("%(payee)s에게 %(amount)s을 지급해 주세요.") % {
        "payee": support.payee,
        "amount": won(support.actual or 0),
    }
    _tell(support, "support_to_pay", holders_of(Role.GENERAL_AFFAIRS), _("지급할 자문수당"), body)


# -- judging
@in_office_language
def judged(report: Report, said: str, *, corrected: bool = False) -> None:
    """All who are or were its members in its last days."""
    title = _("학습동아리 심사 결과 정정") if corrected else _("학습동아리 심사 결과")
    members = people(sitting(report.club, *Chair.values))
    _tell(report, "corrected" if corrected else "judged", members, title, said)


@in_office_language
def name_best(club: Club, bests: Collection[Best]) -> None:
    """The president, in person."""
    due = max(one.due_on for one in bests)
    notify(
        "clubs.name_best",
        people(sitting(club, Chair.CHAIR)),
        title=_("최고 기여자를 추천해 주세요: %(club)s") % {"club": club},
        body=_("%(day)s까지 추천합니다.") % {"day": date_weekday(due)},
        url=next(iter(bests)).get_absolute_url() if len(bests) == 1 else f"{club.get_absolute_url()}#bests",
        key=f"club:{club.pk}:best:{min(one.pk for one in bests)}",
    )


@in_office_language
def named(best: Best) -> None:
    """Whoever was named; personnel has the list."""
    assert best.seat is not None
    _tell(best, "best_named", [best.seat.user], _("최고 기여자로 추천되었습니다"), best.reason)


@in_office_language
def travelling(club: Club, travellers: Collection[User], key: str) -> None:
    notify(
        "clubs.travelling",
        travellers,
        title=_("해외연수 대상으로 추천되었습니다: %(club)s") % {"club": club},
        body=_("최우수 학습동아리의 회원입니다. 연수 일정은 총무과에서 알려 드립니다."),
        url=club.get_absolute_url(),
        key=key,
    )

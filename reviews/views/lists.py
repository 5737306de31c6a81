"""The list of departments' reviews: what it shows whatever is reviewed."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from core.cells import Column, badge_cell, choice, day, due_cell
from notifications.lists import NudgingList
from reviews.enums import OPEN_REVIEW_STATES, ReviewState
from reviews.selectors.page import REVIEW_TONES, reviewer_text

DUE = Column(
    "due",
    gettext_lazy("기한"),
    ("clock__due", "clock__paused", "completed_on"),
    due_cell,
    sort=("clock__due",),
    kind="date",
    width=14,
)
DEPARTMENT = Column(
    "department", gettext_lazy("검토 부서"), ("department_name",), sort=("department_name",), width=18
)
REVIEWER = Column(
    "reviewer",
    gettext_lazy("검토자"),
    ("reviewer__position", "reviewer__name"),
    reviewer_text,
    sort=("reviewer__name",),
    excel=reviewer_text,
    width=16,
)
STATE = Column(
    "state",
    gettext_lazy("상태"),
    ("state",),
    badge_cell(ReviewState, REVIEW_TONES),
    sort=("state",),
    excel=choice(ReviewState),
    width=14,
)
NOTIFIED = Column(
    "notified",
    gettext_lazy("통보일"),
    ("notified_on",),
    day,
    sort=("notified_on",),
    kind="date",
    width=14,
    hide_mobile=True,
)
IN_TIME = Column("in_time", gettext_lazy("기한 내"), ("in_time",), kind="bool", screen=False, width=10)


class ReviewList(NudgingList):
    """A process says `permission`, `section`, `file_name`, `filter_class`, `crumbs`, `columns` and whose rows."""

    title = pgettext_lazy("목록", "부서 검토")
    open_states = OPEN_REVIEW_STATES
    urgent_order = ("clock__paused", "clock__due")
    default_order = ("-notified_on",)
    empty_message = gettext_lazy("조건에 맞는 검토가 없습니다.")

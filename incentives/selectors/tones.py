"""Which tone a badge has."""

from collections.abc import Mapping

from incentives.enums import DivisionState as D
from incentives.enums import PayoutState as P
from incentives.enums import Tier as T
from incentives.enums import WeeklyState as R
from incentives.enums import WeekState as S
from incentives.enums import YearState as Y

DIVISION_TONES: Mapping[str, str] = {
    D.PREPARED: "neutral",
    D.NOTIFIED: "warning",
    D.PLANNED: "info",
    D.RUNNING: "info",
    D.SUBMITTED: "info",
    D.JUDGED: "success",
    D.DROPPED: "neutral",
}

PAYOUT_TONES: Mapping[str, str] = {
    P.UNSETTLED: "warning",
    P.NOTHING: "neutral",
    P.PAST: "neutral",
    P.RECKONED: "info",
    P.PLANNED: "info",
    P.APPROVED: "info",
    P.AGREED: "info",
    P.REQUESTED: "info",
    P.PAID: "success",
}
TIER_TONES: Mapping[str, str] = {T.TOP: "success", T.GOOD: "info", T.FAIR: "neutral", "": "warning"}
YEAR_TONES: Mapping[str, str] = {Y.OPEN: "warning", Y.CONFIRMED: "success"}
WEEK_TONES: Mapping[str, str] = {S.OPEN: "info", S.FROZEN: "neutral"}
WEEKLY_TONES: Mapping[str, str] = {
    R.DUE: "neutral",
    R.WRITTEN: "warning",
    R.CONFIRMED: "success",
    R.MISSED: "danger",
}

"""The tables of incentive projects."""

from incentives.models.briefing import Briefing
from incentives.models.definition import Former
from incentives.models.indicator import Indicator, Value
from incentives.models.project import Contact, Division, Part, Plan, Project
from incentives.models.result import (
    Elsewhere,
    GradeName,
    Payout,
    Prize,
    Result,
    Reward,
    Share,
    Thanks,
    YearSum,
)
from incentives.models.weekly import Week, WeekReport

__all__ = [
    "Briefing", "Contact", "Division", "Elsewhere", "Former", "GradeName", "Indicator", "Part", "Payout", "Plan",
    "Prize", "Project", "Result", "Reward", "Share", "Thanks", "Value", "Week", "WeekReport", "YearSum",
]  # fmt: skip

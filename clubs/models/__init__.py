"""The tables of clubs."""

from clubs.models.club import Club, Founder, Team, Topic, Upkeep
from clubs.models.papers import Best, Report, Support, Traveller

__all__ = ["Best", "Club", "Founder", "Report", "Support", "Team", "Topic", "Traveller", "Upkeep"]

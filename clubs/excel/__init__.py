"""Clubs of earlier years from an office's workbooks (N1), and the lists of topics (C1)."""

from clubs.excel.meetings import PastMeetingImporter
from clubs.excel.rolls import PastRollImporter
from clubs.excel.support import PastSupportBudgetImporter
from clubs.excel.topics import TopicImporter

__all__ = ["PastMeetingImporter", "PastRollImporter", "PastSupportBudgetImporter", "TopicImporter"]

"""Clubs of earlier years from an office's workbooks (N1)."""

from clubs.excel.meetings import PastMeetingImporter
from clubs.excel.rolls import PastRollImporter
from clubs.excel.support import PastSupportBudgetImporter

__all__ = ["PastMeetingImporter", "PastRollImporter", "PastSupportBudgetImporter"]

"""Projects, results and sums of earlier years from an office's workbooks (I6, N1)."""

from incentives.excel.budgets import PastBonusBudgetImporter
from incentives.excel.projects import PastProjectImporter
from incentives.excel.results import PastResultImporter
from incentives.excel.years import YearSumImporter

__all__ = ["PastBonusBudgetImporter", "PastProjectImporter", "PastResultImporter", "YearSumImporter"]

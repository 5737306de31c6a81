"""Cases from and to Excel: new ones, and those of earlier years."""

from benchmarking.excel.cases import CaseImporter
from benchmarking.excel.past import PastCaseImporter

__all__ = ["CaseImporter", "PastCaseImporter"]

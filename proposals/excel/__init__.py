"""Proposals from and to Excel: those of 국민신문고, and those of earlier years."""

from proposals.excel.epeople import ProposalImporter
from proposals.excel.past import PastProposalImporter

__all__ = ["PastProposalImporter", "ProposalImporter"]

"""Calls, proposals, who made them, what is written before one is sent, and what the office answers."""

from proposals.models.call import Call
from proposals.models.handling import Decision, Supplement
from proposals.models.proposal import Content, Proposal, Proposer, Writing
from proposals.models.support import Support

__all__ = ["Call", "Content", "Decision", "Proposal", "Proposer", "Supplement", "Support", "Writing"]

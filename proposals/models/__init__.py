"""Calls, proposals, who made them, what is written before one is sent, and what the office asks and answers."""

from proposals.models.call import Call
from proposals.models.complaint import Complaint, Voice
from proposals.models.handling import ANSWER, Answer, Decision, Supplement
from proposals.models.proposal import Content, Proposal, Proposer, Writing
from proposals.models.review import ProposalReview
from proposals.models.support import Support
from proposals.models.waiting import Interim, Opinion

__all__ = [
    "ANSWER",
    "Answer",
    "Call",
    "Complaint",
    "Content",
    "Decision",
    "Interim",
    "Opinion",
    "Proposal",
    "ProposalReview",
    "Proposer",
    "Supplement",
    "Support",
    "Voice",
    "Writing",
]

"""Calls, proposals, who made them, what is written before one is sent, what the office asks and answers, and what
becomes of them."""

from proposals.models.call import Call
from proposals.models.complaint import Complaint, Voice
from proposals.models.follower import Follower
from proposals.models.following import Check, Effect, Milestone, Reply, Slip, Undertaking
from proposals.models.handling import ANSWER, Answer, Decision, Supplement
from proposals.models.objections import Objection
from proposals.models.proposal import Content, Proposal, Proposer, Writing
from proposals.models.review import ProposalReview
from proposals.models.support import Support
from proposals.models.twins import Credit, Fingerprint
from proposals.models.waiting import Interim, Opinion

__all__ = [
    "ANSWER",
    "Answer",
    "Call",
    "Check",
    "Complaint",
    "Content",
    "Credit",
    "Decision",
    "Effect",
    "Fingerprint",
    "Follower",
    "Interim",
    "Milestone",
    "Objection",
    "Opinion",
    "Proposal",
    "ProposalReview",
    "Proposer",
    "Reply",
    "Slip",
    "Supplement",
    "Support",
    "Undertaking",
    "Voice",
    "Writing",
]

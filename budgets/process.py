"""What budgets declare."""

from budgets.models import BudgetEntry, TravelBudget
from core.ledger.verify import Ledger
from core.process import Process

PROCESS = Process(
    audit_without={TravelBudget: ("balance", "length", "seal")},
    ledgers=(Ledger(BudgetEntry, TravelBudget),),
)

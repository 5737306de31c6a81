"""What budgets declare."""

from budgets.models import Budget, BudgetEntry
from core.ledger.verify import Ledger
from core.process import Process

PROCESS = Process(
    audit_without={Budget: ("balance", "length", "seal")},
    ledgers=(Ledger(BudgetEntry, Budget),),
)

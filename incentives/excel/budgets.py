"""The money for bonuses of earlier years (I7, N1)."""

from django.utils.translation import gettext_lazy

from budgets.excel import PastBudgetImporter
from incentives.purse import BONUS


class PastBonusBudgetImporter(PastBudgetImporter):
    kind = BONUS.past
    label = gettext_lazy("지난 포상금 예산")
    purse = BONUS

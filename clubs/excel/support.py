"""The money for clubs of earlier years (C4, N1)."""

from django.utils.translation import gettext_lazy

from budgets.excel import PastBudgetImporter
from clubs.purse import SUPPORT


class PastSupportBudgetImporter(PastBudgetImporter):
    kind = SUPPORT.past
    label = gettext_lazy("지난 동아리 지원 예산")
    purse = SUPPORT

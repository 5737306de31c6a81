"""Who is told of budgets (V5)."""

from django.utils.translation import gettext as _

from basis.formats import won
from basis.official import in_office_language
from budgets.models import Budget
from notifications.services import notify
from organization.enums import Role
from organization.selectors import holders_of


@in_office_language
def short(budget: Budget, allocated: int) -> None:
    """A budget has just passed the share at which planning wants to know; each crossing is told once."""
    used = allocated - budget.balance
    notify(
        "budgets.short",
        holders_of(Role.PLANNING),
        title=_("%(budget)s의 %(percent)s%%를 썼거나 쓸 예정입니다")
        % {"budget": budget, "percent": used * 100 // allocated},
        body=_("남은 예산은 %(free)s입니다.") % {"free": won(budget.balance)},
        url=budget.get_absolute_url(),
        key=f"budget_short:{budget.pk}:{budget.length}",
    )

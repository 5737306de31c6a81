"""Addresses of the savings bonus."""

from django.urls import path

from contests.views import bonuses
from core.views.steps import step_paths

app_name = "bonuses"
urlpatterns = [
    path("", bonuses.BonusList.as_view(), name="list"),
    path("new/", bonuses.BonusNew.as_view(), name="new"),
    path("<int:pk>/", bonuses.BonusPage.as_view(), name="bonus"),
    *step_paths(
        "<int:pk>/",
        {
            "edit": bonuses.BonusEdit,
            "nominate": bonuses.BonusNominate,
            "take-back": bonuses.BonusTakeBack,
            "drop": bonuses.BonusDrop,
            "give-back": bonuses.BonusGiveBack,
            "review": bonuses.BonusReview,
            "decide": bonuses.BonusDecide,
            "undo": bonuses.BonusUndoDecide,
            "grant": bonuses.BonusGrant,
            "reject": bonuses.BonusReject,
        },
    ),
]

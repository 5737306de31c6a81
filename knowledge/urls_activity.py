"""Addresses of what readers do."""

from django.urls import path

from core.views.steps import step_paths
from knowledge.views import activity

urlpatterns = [
    path("<int:pk>/read/", activity.PostRead.as_view(), name="read"),
    path("<int:pk>/rate/", activity.PostRate.as_view(), name="rate"),
    path("<int:pk>/opinions/new/", activity.OpinionNew.as_view(), name="opinion_new"),
    path("opinions/<int:pk>/", activity.OpinionPage.as_view(), name="opinion"),
    *step_paths(
        "opinions/<int:pk>/",
        {
            "withdraw": activity.OpinionWithdraw,
            "hide": activity.OpinionHide,
            "show": activity.OpinionShow,
        },
    ),
]

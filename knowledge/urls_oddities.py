"""Addresses of the patterns that planning looks at."""

from django.urls import path

from core.views.steps import step_paths
from knowledge.views import oddities

urlpatterns = [
    path("oddities/", oddities.OddityList.as_view(), name="oddities"),
    path("oddities/case/", oddities.OddityPage.as_view(), name="oddity"),
    path("oddities/case/clear/", oddities.OddityClear.as_view(), name="oddity_clear"),
    path("oddities/case/take-back/", oddities.OddityTakeBack.as_view(), name="oddity_take_back"),
    path("oddities/<int:pk>/again/", oddities.OddityAgain.as_view(), name="oddity_again"),
    *step_paths("<int:pk>/", {"revoke": oddities.PostRevoke}),
]

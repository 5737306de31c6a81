"""Addresses of the best-practice contest."""

from django.urls import path

from contests.views import contests, practices
from core.views.steps import step_paths

app_name = "contests"
urlpatterns = [
    path("", contests.ContestList.as_view(), name="list"),
    path("new/", contests.ContestNew.as_view(), name="contest_new"),
    path("<int:pk>/", contests.ContestPage.as_view(), name="contest"),
    *step_paths(
        "<int:pk>/",
        {
            "edit": contests.ContestEdit,
            "publish": contests.ContestPublish,
            "withdraw": contests.ContestWithdraw,
        },
    ),
    path("entries/", practices.PracticeList.as_view(), name="practices"),
    path("entries/<int:pk>/", practices.PracticePage.as_view(), name="practice"),
    *step_paths(
        "entries/<int:pk>/",
        {
            "edit": practices.PracticeEdit,
            "ask": practices.PracticeAsk,
            "enter": practices.PracticeEnter,
            "take-back": practices.PracticeTakeBack,
            "send-back": practices.PracticeSendBack,
            "give-back": practices.PracticeGiveBack,
            "allow-late": practices.PracticeAllowLate,
        },
    ),
]

"""Addresses of incentive projects."""

from django.urls import include, path

from core.views.steps import step_paths
from incentives import urls_weekly
from incentives.urls_briefings import urlpatterns as briefings
from incentives.views import division, home, lists, projects

app_name = "incentives"
urlpatterns = [
    path("", include("incentives.urls_indicators")),
    path("", home.Home.as_view(), name="home"),
    path("", include("incentives.urls_results")),
    path("list/", lists.DivisionList.as_view(), name="list"),
    path("new/", projects.ProjectNew.as_view(), name="new"),
    path("copy/", projects.YearCopy.as_view(), name="copy"),
    path("projects/<int:pk>/", division.ProjectPage.as_view(), name="project"),
    *briefings,
    path("<int:pk>/", division.DivisionPage.as_view(), name="division"),
    path("<int:pk>/divide/", projects.DivisionNew.as_view(), name="division_divide"),
    path("<int:pk>/paper/", division.PlanPaper.as_view(), name="division_paper"),
    *step_paths(
        "<int:pk>/",
        {
            "edit": division.DivisionEdit,
            "contacts": division.DivisionContacts,
            "notify": division.DivisionNotify,
            "take-notice-back": division.DivisionTakeNoticeBack,
            "write": division.DivisionWrite,
            "send": division.DivisionSend,
            "take-back": division.DivisionTakeBack,
            "give-back": division.DivisionGiveBack,
            "approve": division.DivisionApprove,
            "reopen": division.DivisionReopen,
            "submit": division.DivisionSubmit,
            "undo-submit": division.DivisionUndoSubmit,
            "drop": division.DivisionDrop,
            "restore": division.DivisionRestore,
        },
    ),
    *urls_weekly.urlpatterns,
]

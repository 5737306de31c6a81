"""Addresses of weeks and their reports."""

from django.urls import path

from core.views.steps import step_paths
from incentives.views import week_reports, weekly

urlpatterns = [
    path("weeks/", weekly.WeekList.as_view(), name="weeks"),
    path("weeks/<int:pk>/", weekly.WeekPage.as_view(), name="week"),
    path("weeks/<int:pk>/paper/", weekly.WeekPaper.as_view(), name="week_paper"),
    path("weeks/<int:pk>/compare/", weekly.WeekCompare.as_view(), name="week_compare"),
    *step_paths("weeks/<int:pk>/", {"freeze": weekly.WeekFreeze, "unfreeze": weekly.WeekUnfreeze}),
    path("reports/", week_reports.ReportList.as_view(), name="reports"),
    path("reports/confirm/", week_reports.ConfirmMany.as_view(), name="reports_confirm"),
    path("reports/<int:pk>/", week_reports.ReportPage.as_view(), name="report"),
    *step_paths(
        "reports/<int:pk>/",
        {
            "write": week_reports.ReportWrite,
            "unchanged": week_reports.ReportUnchanged,
            "take-back": week_reports.ReportTakeBack,
            "give-back": week_reports.ReportGiveBack,
            "confirm": week_reports.ReportConfirm,
            "unconfirm": week_reports.ReportUnconfirm,
        },
    ),
]

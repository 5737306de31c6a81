"""Addresses of dashboard, statistics and reports."""

from django.urls import include, path

from reports.views import dashboard, recipients, runs, statistics
from reports.views.proposal_statistics import ProposalStatisticsPage

pages = (
    [
        path("", runs.RunList.as_view(), name="runs"),
        path("make/", runs.MakeNow.as_view(), name="make"),
        path("calendar/", recipients.CalendarPage.as_view(), name="calendar"),
        path("recipients/", recipients.RecipientsPage.as_view(), name="recipients"),
        path("recipients/<slug:slug>/add/", recipients.AddRecipients.as_view(), name="recipients_add"),
        path("recipients/<int:pk>/remove/", recipients.RemoveRecipient.as_view(), name="recipient_remove"),
        path("<int:pk>/", runs.RunPage.as_view(), name="run"),
        path("<int:pk>/progress/", runs.RunProgress.as_view(), name="progress"),
        path("<int:pk>/compare/", runs.ComparePage.as_view(), name="compare"),
        path("<int:pk>/again/", runs.MakeAgain.as_view(), name="again"),
        path("<int:pk>/retry/", runs.Retry.as_view(), name="retry"),
        path("<int:pk>/resend/", runs.Resend.as_view(), name="resend"),
        path("<int:pk>/<slug:fmt>/", runs.RunDocument.as_view(), name="document"),
    ],
    "reports",
)
urlpatterns = [
    path("dashboard/", dashboard.DashboardPage.as_view(), name="dashboard"),
    path("dashboard/incentives/", dashboard.IncentivePart.as_view(), name="dashboard_incentives"),
    path("statistics/", statistics.StatisticsPage.as_view(), name="statistics"),
    path("statistics/proposals/", ProposalStatisticsPage.as_view(), name="proposal_statistics"),
    path("reports/", include(pages)),
]

"""Addresses of points and hours."""

from django.urls import path

from core.views.steps import step_paths
from mileage.views import entries, entry, handover, ranking_steps, rankings, requests, rules, statement

app_name = "mileage"
urlpatterns = [
    path("", statement.Statement.as_view(), name="statement"),
    path("rankings/", rankings.Honours.as_view(), name="rankings"),
    path("rankings/all/", rankings.RankingList.as_view(), name="ranking_list"),
    path("rankings/new/", ranking_steps.RankingNew.as_view(), name="ranking_new"),
    path("rankings/<int:pk>/", rankings.RankingPage.as_view(), name="ranking"),
    *step_paths(
        "rankings/<int:pk>/",
        {
            "recompute": ranking_steps.RankingRecompute,
            "confirm": ranking_steps.RankingConfirm,
            "discard": ranking_steps.RankingDiscard,
            "cancel": ranking_steps.RankingCancel,
        },
    ),
    path("rankings/<int:pk>/report/", rankings.RankingReport.as_view(), name="ranking_report"),
    path("learning/", handover.LearningList.as_view(), name="learning"),
    path("learning/bulk/", handover.LearningBulk.as_view(), name="learning_bulk"),
    path("learning/hand-over/", handover.HandOver.as_view(), name="hand_over"),
    path("handovers/", handover.HandoverList.as_view(), name="handovers"),
    path("handovers/<int:pk>/", handover.HandoverPage.as_view(), name="handover"),
    path("handovers/<int:pk>/report/", handover.HandoverReport.as_view(), name="handover_report"),
    *step_paths("handovers/<int:pk>/", {"withdraw": handover.HandoverWithdraw}),
    path("my/<slug:scheme>/", statement.Statement.as_view(), name="statement_of"),
    path("rules/", rules.RulesPage.as_view(), name="rules"),
    path("summary/", entries.Summary.as_view(), name="summary"),
    path("people/<int:pk>/", statement.PersonStatement.as_view(), name="person"),
    path("people/<int:pk>/<slug:scheme>/", statement.PersonStatement.as_view(), name="person_scheme"),
    path("entries/", entries.EntryList.as_view(), name="entries"),
    path("entries/<int:pk>/", entry.EntryPage.as_view(), name="entry"),
    path("entries/<int:pk>/reverse/", requests.EntryReverse.as_view(), name="entry_reverse"),
    path("requests/", requests.RequestList.as_view(), name="requests"),
    path("requests/new/", requests.RequestNew.as_view(), name="request_new"),
    path("requests/<int:pk>/", requests.RequestPage.as_view(), name="request"),
    *step_paths(
        "requests/<int:pk>/",
        {
            "confirm": requests.RequestConfirm,
            "reject": requests.RequestReject,
            "withdraw": requests.RequestWithdraw,
        },
    ),
]

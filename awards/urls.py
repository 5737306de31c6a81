"""Addresses of awards."""

from django.urls import path

from awards.views import lists, many, page, papers, steps
from core.views.steps import step_paths

app_name = "awards"
urlpatterns = [
    path("", lists.AwardList.as_view(), name="list"),
    path("bulk/", page.Bulk.as_view(), name="bulk"),
    path("paper/", lists.AwardPaper.as_view(), name="paper"),
    path("mine/", lists.MyAwards.as_view(), name="mine"),
    path("hand-over/", many.HandOverMany.as_view(), name="hand_over_many"),
    path("certificates/", page.Certificates.as_view(), name="certificates"),
    path("tax/", papers.TaxPage.as_view(), name="tax"),
    path("leave/", papers.LeavePage.as_view(), name="leave"),
    path("merit/", papers.MeritPage.as_view(), name="merit"),
    path("<int:pk>/", page.AwardPage.as_view(), name="award"),
    path("<int:pk>/certificate/", page.Certificate.as_view(), name="certificate"),
    *step_paths(
        "<int:pk>/",
        {
            "hand-over": steps.HandOver,
            "take-back": steps.TakeBack,
            "withhold": steps.Withhold,
            "release": steps.Release,
            "revocation": steps.AskRevocation,
            "revocation/refuse": steps.RefuseRevocation,
            "revoke": steps.Revoke,
            "give-back": steps.GiveBack,
        },
    ),
]

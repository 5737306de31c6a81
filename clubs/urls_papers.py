"""Addresses of what clubs write, ask for and win."""

from django.urls import path

from clubs.views import bests, reports, supports
from core.views.steps import step_paths

urlpatterns = [
    path("reports/", reports.ReportList.as_view(), name="reports"),
    path("reports/<int:pk>/", reports.ReportPage.as_view(), name="report"),
    path("reports/<int:pk>/paper/", reports.ReportPaper.as_view(), name="report_paper"),
    *step_paths(
        "reports/<int:pk>/",
        {
            "edit": reports.ReportEdit,
            "send": reports.ReportSend,
            "take-back": reports.ReportTakeBack,
            "give-back": reports.ReportGiveBack,
            "waive": reports.ReportWaive,
            "ask-again": reports.ReportAskAgain,
        },
    ),
    path("supports/", supports.SupportList.as_view(), name="supports"),
    path("supports/fees/", supports.Fees.as_view(), name="fees"),
    path("<int:pk>/supports/new/", supports.SupportNew.as_view(), name="club_support_new"),
    path("supports/<int:pk>/", supports.SupportPage.as_view(), name="support"),
    *step_paths(
        "supports/<int:pk>/",
        {
            "edit": supports.SupportEdit,
            "again": supports.SupportAgain,
            "approve": supports.SupportApprove,
            "give-back": supports.SupportGiveBack,
            "refuse": supports.SupportRefuse,
            "withdraw": supports.SupportWithdraw,
            "claim": supports.SupportClaim,
            "unclaim": supports.SupportUnclaim,
            "reject-claim": supports.SupportRejectClaim,
            "settle": supports.SupportSettle,
            "unsettle": supports.SupportUnsettle,
        },
    ),
    path("bests/", bests.BestList.as_view(), name="bests"),
    path("bests/<int:pk>/", bests.BestPage.as_view(), name="best"),
    *step_paths(
        "bests/<int:pk>/",
        {"name": bests.BestName, "none": bests.BestNone, "again": bests.BestAgain},
    ),
    path("travellers/", bests.TravellerList.as_view(), name="travellers"),
]

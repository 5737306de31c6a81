"""Addresses of panels and sessions."""

from django.urls import path

from core.views.steps import step_paths
from meetings.views import coming, decisions, fees, lists, minutes, panels, seats, sessions

app_name = "meetings"
urlpatterns = [
    path("", lists.SessionList.as_view(), name="sessions"),
    path("fees/", fees.SessionFees.as_view(), name="fees"),
    path("panels/", lists.PanelList.as_view(), name="panels"),
    path("panels/new/", panels.PanelNew.as_view(), name="panel_new"),
    path("panels/<int:pk>/", panels.PanelPage.as_view(), name="panel"),
    *step_paths(
        "panels/<int:pk>/",
        {
            "edit": panels.PanelEdit,
            "end": panels.PanelEnd,
            "appoint": seats.SeatNew,
            "invite": seats.SeatInvite,
            "plan": sessions.SessionNew,
            "plan-year": coming.PlanMany,
        },
    ),
    path("seats/", lists.SeatList.as_view(), name="seats"),
    path("seats/renew/", seats.RenewMany.as_view(), name="renew"),
    *step_paths("seats/<int:pk>/", {"edit": seats.SeatEdit, "renew": seats.SeatRenew, "end": seats.SeatEnd}),
    path("seats/<int:pk>/invite/", seats.SeatReinvite.as_view(), name="seat_reinvite"),
    path("decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("decisions/<int:pk>/", decisions.DecisionPage.as_view(), name="decision"),
    *step_paths(
        "decisions/<int:pk>/",
        {
            "finish": decisions.DecisionFinish,
            "move": decisions.DecisionMove,
            "drop": decisions.DecisionDrop,
            "reopen": decisions.DecisionReopen,
        },
    ),
    path("<int:pk>/", sessions.SessionPage.as_view(), name="session"),
    *step_paths(
        "<int:pk>/",
        {
            "change": sessions.SessionChange,
            "cancel": sessions.SessionCancel,
            "files": sessions.SessionFiles,
            "screen": coming.SessionScreen,
            "sheet": coming.SessionSheet,
            "hold": minutes.SessionMinutes,
            "rewrite": minutes.SessionRewrite,
            "confirm": minutes.SessionConfirm,
            "undo": minutes.SessionUndo,
            "give-back": minutes.SessionGiveBack,
            "correction": minutes.SessionAskCorrection,
            "correction/accept": minutes.SessionCorrect,
            "correction/refuse": minutes.SessionRefuseCorrection,
        },
    ),
    path("<int:pk>/answer/", coming.SessionAnswer.as_view(), name="session_answer"),
    path("<int:pk>/sign/", coming.SessionSign.as_view(), name="session_sign"),
    path("<int:pk>/minutes/", minutes.SessionPaper.as_view(), name="session_minutes"),
]

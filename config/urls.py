"""All addresses of the system."""

from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.i18n import set_language

from core.page import public
from organization.views.account import ChangePasswordView, SignInView
from organization.views.codes import CodeView

urlpatterns = [
    path("", include("core.urls")),
    path("", include("notifications.urls")),
    path("", include("imports.urls")),
    path("", include("organization.urls")),
    path("", include("policies.urls")),
    path("", include("profiles.urls")),
    path("", include("reports.urls")),
    path("benchmarking/", include("benchmarking.urls")),
    path("proposals/", include("proposals.urls")),
    path("bonuses/", include("contests.urls_bonuses")),
    path("clubs/", include("clubs.urls")),
    path("incentives/", include("incentives.urls")),
    path("practices/", include("contests.urls")),
    path("knowledge/", include("knowledge.urls")),
    path("leaks/", include("leaks.urls")),
    path("letters/", include("letters.urls")),
    path("judging/", include("evaluations.urls")),
    path("contests/", include("evaluations.urls_public")),
    path("visits/", include("visits.urls")),
    path("calendar/", include("calendars.urls")),
    path("meetings/", include("meetings.urls")),
    path("budgets/", include("budgets.urls")),
    path("awards/", include("awards.urls")),
    path("mileage/", include("mileage.urls")),
    path("login/", public(SignInView.as_view()), name="login"),
    path("login/code/", public(CodeView.as_view()), name="login_code"),
    path("logout/", public(auth.LogoutView.as_view()), name="logout"),
    path("password/", ChangePasswordView.as_view(), name="password_change"),
    path("language/", public(set_language), name="set_language"),
]

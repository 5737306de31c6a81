"""Addresses of briefings."""

from django.urls import path

from incentives.views import briefings

urlpatterns = [
    path("briefings/", briefings.Briefings.as_view(), name="briefings"),
    path("briefings/new/", briefings.BriefingsNew.as_view(), name="briefings_new"),
    path("briefings/sessions/<int:pk>/paper/", briefings.BriefingPaper.as_view(), name="briefing_paper"),
    path("briefings/sessions/", briefings.BriefingSessions.as_view(), name="sessions"),
]

"""Addresses of learning clubs."""

from django.urls import path

from clubs.urls_papers import urlpatterns as papers
from clubs.views import applications, club, home, lists, members, sessions, topics, upkeep
from clubs.views.map import ClubMap
from core.views.steps import step_paths

app_name = "clubs"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("meetings/", sessions.ClubSessions.as_view(), name="sessions"),
    path("list/", lists.ClubList.as_view(), name="list"),
    path("list/bulk/", applications.Bulk.as_view(), name="bulk"),
    path("list/approve/", applications.ApproveMany.as_view(), name="approve_many"),
    path("list/renew/", applications.RenewMany.as_view(), name="renew_many"),
    path("new/", applications.ClubNew.as_view(), name="new"),
    path("found/", applications.ClubFound.as_view(), name="found"),
    path("map/", ClubMap.as_view(), name="map"),
    path("<int:pk>/", club.ClubPage.as_view(), name="club"),
    *step_paths(
        "<int:pk>/",
        {
            "edit": applications.ClubEdit,
            "apply": applications.ClubApply,
            "take-back": applications.ClubTakeBack,
            "give-back": applications.ClubGiveBack,
            "approve": applications.ClubApprove,
            "refuse": applications.ClubRefuse,
            "withdraw": applications.ClubWithdraw,
            "renew": applications.ClubRenew,
            "change": club.ClubChange,
            "end": club.ClubEnd,
            "join": members.ClubJoin,
        },
    ),
    path("<int:pk>/roll/", members.ClubRoll.as_view(), name="club_roll"),
    path("members/<int:pk>/leave/", members.MemberLeave.as_view(), name="member_leave"),
    path("members/<int:pk>/change/", members.MemberChange.as_view(), name="member_change"),
    path("upkeep/", lists.UpkeepList.as_view(), name="upkeeps"),
    path("upkeep/<int:pk>/", upkeep.UpkeepPage.as_view(), name="upkeep"),
    *step_paths("upkeep/<int:pk>/", {"leave": upkeep.UpkeepLeave, "keep": upkeep.UpkeepKeep}),
    path("topics/", lists.TopicList.as_view(), name="topics"),
    path("topics/new/", topics.TopicNew.as_view(), name="topic_new"),
    path("topics/copy/", topics.TopicsCopy.as_view(), name="topics_copy"),
    path("topics/<int:pk>/edit/", topics.TopicEdit.as_view(), name="topic_edit"),
    *papers,
]

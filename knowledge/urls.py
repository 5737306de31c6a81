"""Addresses of the knowledge board."""

from django.urls import path

from core.views.steps import step_paths
from knowledge import urls_activity, urls_oddities, urls_talk
from knowledge.views import fields, home, lists, past_files, post, search

app_name = "knowledge"
urlpatterns = [
    path("", home.HomePage.as_view(), name="home"),
    path("posts/", lists.PostList.as_view(), name="list"),
    path("search/", search.Search.as_view(), name="search"),
    path("topics/", search.Topics.as_view(), name="topics"),
    path("past/files/", past_files.PastFiles.as_view(), name="past_files"),
    path("bulk/", lists.PostBulk.as_view(), name="bulk"),
    path("new/", post.PostNew.as_view(), name="new"),
    path("similar/", post.SimilarPosts.as_view(), name="similar"),
    path("fields/", lists.FieldList.as_view(), name="fields"),
    path("fields/new/", fields.FieldNew.as_view(), name="field_new"),
    path("fields/<int:pk>/", fields.FieldEdit.as_view(), name="field_edit"),
    path("<int:pk>/", post.PostPage.as_view(), name="post"),
    path("<int:pk>/editions/", post.EditionsPage.as_view(), name="editions"),
    *urls_talk.urlpatterns,
    *step_paths(
        "<int:pk>/",
        {
            "edit": post.PostEdit,
            "submit": post.PostSubmit,
            "take-back": post.PostTakeBack,
            "approve": post.PostApprove,
            "send-back": post.PostSendBack,
            "reject": post.PostReject,
            "reopen": post.PostReopen,
            "drop": post.PostDrop,
            "confirm": post.PostConfirm,
            "outdate": post.PostOutdate,
            "archive": post.PostArchive,
            "restore": post.PostRestore,
            "pin": post.PostPin,
            "unpin": post.PostUnpin,
        },
    ),
    *urls_activity.urlpatterns,
    *urls_oddities.urlpatterns,
]

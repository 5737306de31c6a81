"""Addresses of the ground."""

from django.urls import path

from core.views import bearer, pages, saved

urlpatterns = [
    path("files/<uuid:pk>/", pages.AttachmentView.as_view(), name="attachment"),
    path("files/<uuid:pk>/small/", pages.SmallPicture.as_view(), name="small_picture"),
    path("p/<str:token>/", bearer.OpenPass.as_view(), name="pass"),
    path("jobs/<int:pk>/", pages.JobView.as_view(), name="job"),
    path("drafts/<str:key>/", pages.DraftView.as_view(), name="draft"),
    path("export-reason/", pages.ExportReasonView.as_view(), name="export_reason"),
    path("search/", pages.SearchView.as_view(), name="search"),
    path("saved-filters/", saved.SavedFilterList.as_view(), name="saved_filters"),
    path("saved-filters/new/", saved.SavedFilterNew.as_view(), name="saved_filter_new"),
    path("saved-filters/<int:pk>/", saved.SavedFilterEdit.as_view(), name="saved_filter"),
    path("saved-filters/<int:pk>/delete/", saved.SavedFilterDelete.as_view(), name="saved_filter_delete"),
    path("display/", pages.display, name="display"),
    path("attribution/", pages.attribution, name="attribution"),
    path("robots.txt", pages.robots, name="robots"),
    path("healthz", pages.healthz, name="healthz"),
    path("healthz/pages", pages.healthz, {"pages_only": True}, name="healthz_pages"),
]

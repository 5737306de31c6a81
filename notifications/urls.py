"""Addresses of the first page, notices, outbox."""

from django.urls import include, path

from notifications.views import home, notices, nudge

pages = (
    [
        path("notices/", notices.NoticeList.as_view(), name="list"),
        path("notices/read/", notices.ReadNotices.as_view(), name="read"),
        path("notices/read-all/", notices.ReadNotices.as_view(everything=True), name="read_all"),
        path("notices/<int:pk>/", notices.OpenNotice.as_view(), name="open"),
        path("nudge/<str:kind>/", nudge.NudgePage.as_view(), name="nudge"),
        path("outbox/", notices.OutboxList.as_view(), name="outbox"),
        path("outbox/bulk/", notices.OutboxBulk.as_view(), name="outbox_bulk"),
        path("outbox/<int:pk>/", notices.MailPage.as_view(), name="mail"),
    ],
    "notifications",
)
urlpatterns = [
    path("", home.HomePage.as_view(), name="home"),
    path("done/", home.DonePage.as_view(), name="done"),
    path("next/", home.NextWork.as_view(), name="next"),
    path("", include(pages)),
]

"""Notices and the outbox."""

from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.formats import datetime_ko
from core.access import Look
from core.cells import Cell, Column
from core.components import Action
from core.listed import BulkAction
from core.lists import ListView
from core.numbers import wholes
from core.page import BaseView, Crumbs, Request
from core.search import WordsFilter
from notifications import outbox
from notifications.models import Mail, Notice
from notifications.services import mark_read
from notifications.standing import sent_again, trouble, why


def moment(value: Any) -> str:
    return datetime_ko(timezone.localtime(value)) if value else ""


class NoticeFilter(filters.FilterSet):
    q = WordsFilter("title", label=gettext_lazy("검색어"))
    unread = filters.ChoiceFilter(
        label=gettext_lazy("읽음"),
        choices=[("1", gettext_lazy("읽지 않음"))],
        method="only_unread",
        empty_label=gettext_lazy("전체"),
    )

    class Meta:
        model = Notice
        fields: list[str] = []

    def only_unread(self, queryset: QuerySet[Notice], name: str, value: str) -> QuerySet[Notice]:
        return queryset.filter(read_at=None)


class NoticeList(ListView):
    permission = "notifications.view"
    section = "notices"
    title = gettext_lazy("알림")
    filter_class = NoticeFilter
    default_order = ("-created_at",)
    empty_message = gettext_lazy("알림이 없습니다.")
    bulk_url_name = "notifications:read"
    bulk_actions = (BulkAction("read", gettext_lazy("읽음으로 표시")),)
    crumbs = ((gettext_lazy("알림"), None),)
    columns = (
        Column(
            "title",
            gettext_lazy("내용"),
            ("title", "body"),
            lambda title, body: Cell(title, sub=body[:120] or None),
            primary=True,
        ),
        Column(
            "read",
            gettext_lazy("상태"),
            ("read_at",),
            lambda at: Cell(_("읽음"), tone="neutral") if at else Cell(_("새 알림"), tone="info"),
        ),
        Column("at", gettext_lazy("일시"), ("created_at",), moment, sort=("created_at",)),
    )

    def get_queryset(self, user: Any) -> QuerySet[Notice]:
        return Notice.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return f"/notices/{pk}/"

    def get_context(self) -> dict[str, Any]:
        return {"primary": Action(_("모두 읽음으로 표시"), reverse("notifications:read_all"), post=True)}


class OpenNotice(BaseView):
    """Marks it read and leads to what it is about."""

    permission = "notifications.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
        mark_read(request.user, [notice.pk])
        target = notice.url
        if not target or not url_has_allowed_host_and_scheme(target, None):
            messages.info(request, f"{notice.title} {notice.body}".strip())
            target = reverse("notifications:list")
        return HttpResponseRedirect(target)


class ReadNotices(BaseView):
    permission = "notifications.view"
    everything = False

    def post(self, request: Request) -> HttpResponse:
        chosen = wholes(request.POST.getlist("pk"))
        count = mark_read(request.user, None if self.everything else chosen)
        messages.success(
            request,
            ngettext("알림 %(n)d건을 읽었습니다.", "알림 %(n)d건을 읽었습니다.", count) % {"n": count},
        )
        return HttpResponseRedirect(reverse("notifications:list"))


MAIL_TONES = {
    "queued": "warning",
    "sending": "info",
    "sent": "success",
    "failed": "danger",
    "held": "neutral",
}


class MailFilter(filters.FilterSet):
    q = WordsFilter("email__subject", label=gettext_lazy("제목"))
    state = filters.ChoiceFilter(
        label=gettext_lazy("상태"), choices=Mail.State.choices, empty_label=gettext_lazy("전체")
    )

    class Meta:
        model = Mail
        fields: list[str] = []


class OutboxList(ListView):
    """What the system has sent or is about to send, and why it does not."""

    permission = "notifications.outbox"
    template_name = "notifications/outbox.html"
    section = "reports"
    title = gettext_lazy("메일 발송함")
    file_name = gettext_lazy("메일_발송함")
    filter_class = MailFilter
    default_order = ("-created_at",)
    empty_message = gettext_lazy("보낸 메일이 없습니다.")
    bulk_url_name = "notifications:outbox_bulk"
    bulk_actions = (
        BulkAction("retry", gettext_lazy("다시 보내기")),
        BulkAction("hold", gettext_lazy("발송 보류"), "tertiary"),
    )
    crumbs = ((gettext_lazy("메일 발송함"), None),)
    columns = (
        Column(
            "subject",
            gettext_lazy("제목"),
            ("email__subject",),
            sort=("email__subject",),
            primary=True,
            width=50,
        ),
        Column(
            "to",
            gettext_lazy("받는 사람"),
            ("recipient__department__name", "recipient__name", "email__to"),
            lambda place, name, to: Cell(f"{place or ''} {name or ''}".strip(), sub=", ".join(to or ())),
            width=30,
            excel=lambda place, name, to: ", ".join(to or ()),
        ),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state", "error", "next_try_at"),
            lambda state, error, at: Cell(
                str(Mail.State(state).label), tone=MAIL_TONES[state], sub=why(state, error, at) or None
            ),
            sort=("state",),
            excel=lambda state, error, at: str(Mail.State(state).label),
        ),
        Column("attempts", gettext_lazy("시도"), ("attempts",), align="right", kind="int", hide_mobile=True),
        Column(
            "created", gettext_lazy("등록 일시"), ("created_at",), moment, sort=("created_at",), excel=moment
        ),
        Column(
            "sent",
            gettext_lazy("발송 일시"),
            ("sent_at",),
            moment,
            sort=("sent_at",),
            excel=moment,
            hide_mobile=True,
        ),
    )

    def get_queryset(self, user: Any) -> QuerySet[Mail]:
        return Mail.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return f"/outbox/{pk}/"

    def get_context(self) -> dict[str, Any]:
        return {"trouble": trouble()}


class OutboxBulk(BaseView):
    permission = "notifications.outbox"

    def post(self, request: Request) -> HttpResponse:
        ids = wholes(request.POST.getlist("pk"))
        if request.POST.get("action") == "hold":
            count = outbox.hold(ids, actor=request.user)
            text = ngettext("메일 %(n)d건을 보류했습니다.", "메일 %(n)d건을 보류했습니다.", count) % {
                "n": count
            }
        else:
            text = sent_again(outbox.retry(ids, actor=request.user))
        messages.success(request, text)
        return HttpResponseRedirect(reverse("notifications:outbox"))


class MailPage(BaseView):
    permission = "notifications.outbox"
    section = "reports"
    template_name = "notifications/mail_page.html"

    def get_crumbs(self) -> Crumbs:
        return [(_("메일 발송함"), reverse("notifications:outbox")), (self.mail.email.subject, None)]

    def get_look(self) -> Look | None:
        mail = self.mail
        if mail.recipient == self.request.user:
            return None
        return Look(
            f"{mail.recipient or ', '.join(mail.email.to)}: {mail.email.subject}", mail.pk, mail.recipient
        )

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.mail = mail = get_object_or_404(
            Mail.objects.visible_to(request.user).select_related("email", "recipient__department"), pk=pk
        )
        return self.render(
            {
                "title": mail.email.subject,
                "facts": [
                    (_("받는 사람"), f"{mail.recipient or ''} {', '.join(mail.email.to)}"),
                    (_("상태"), mail.get_state_display()),
                    (_("등록 일시"), moment(mail.created_at)),
                    (_("발송 일시"), moment(mail.sent_at)),
                    (_("시도"), mail.attempts),
                    (_("발송 상황"), why(mail.state, mail.error, mail.next_try_at)),
                    (_("첨부 파일"), ", ".join(a.name for a in mail.email.attachments.all())),
                ],
                "text": mail.text,
            }
        )

"""Files, jobs, drafts, display mode, health: pages that belong to no process."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from basis.errors import Rejected
from core import attachments, drafts, health, pictures, search
from core.access import Look
from core.components import Progress
from core.context_processors import CONTRAST_COOKIE
from core.models import Attachment, Job
from core.navigation import menu
from core.numbers import text_of
from core.page import BaseView, Crumbs, Request, public


def fetched(actor: Any, pk: Any) -> Attachment:
    """After the permission check of the thing it belongs to; 404 for others."""
    attachment = get_object_or_404(Attachment, pk=pk, removed_at=None)
    if not attachments.can_fetch(actor, attachment):
        raise Http404
    return attachment


class SendsFile(BaseView):
    """A file as it was given; never shown inline."""

    def get_look(self) -> Look:
        return Look(f"{self.file.subject}: {self.file.name}", self.file.pk)

    def send(self, pk: Any) -> FileResponse:
        return self.give(fetched(self.actor, pk))

    def give(self, file: Attachment, name: str = "") -> FileResponse:
        """One that the page itself has let the actor have; under another name where its own would tell too much."""
        self.file = file
        response = FileResponse(
            file.file.open("rb"),
            as_attachment=True,
            filename=name or file.name,
            content_type=file.mime,
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response


class AttachmentView(SendsFile):
    permission = "core.attachment"

    def get(self, request: Request, pk: Any) -> FileResponse:
        return self.send(pk)


class SmallPicture(BaseView):
    """What an attached picture shows, small, for whoever may fetch it; 404 for what cannot be drawn."""

    permission = "core.attachment"

    def get(self, request: Request, pk: Any) -> HttpResponse:
        attachment = fetched(self.actor, pk)
        drawn = None
        if pictures.is_picture(attachment.name):
            with attachment.file.open("rb") as file:
                drawn = pictures.small(file)
        if drawn is None:
            raise Http404
        response = HttpResponse(drawn, content_type="image/jpeg")
        response["X-Content-Type-Options"] = "nosniff"
        return response


class JobView(BaseView):
    """Progress of long work; may be left, the result waits in the notices."""

    permission = "core.job"
    template_name = "core/job.html"

    def get_crumbs(self) -> Crumbs:
        return [(_("작업 진행"), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        job = get_object_or_404(Job, pk=pk, created_by=self.actor)
        running = job.state in (Job.State.QUEUED, Job.State.RUNNING)
        url = reverse("job", args=[job.pk]) if running else ""
        progress = Progress(job.label, job.done_units, job.total_units, job.get_state_display(), url)
        made = job.result.get("attachment")
        kept = bool(made) and Attachment.objects.filter(pk=made).exists()
        context = {"job": job, "progress": progress, "running": running, "kept": kept}
        if not request.headers.get("HX-Request"):
            return self.render(context)
        response = self.render(context, template="components/progress.html")
        if not running:
            response["HX-Refresh"] = "true"
        return response


def offered(text: str) -> str:
    """The key of a draft that one of our pages has offered."""
    key = drafts.key_of(text)
    if key is None:
        raise Http404
    return key


def saved(actor: Any, text: str, request: HttpRequest) -> JsonResponse:
    """Keep what was typed; the form shows what is answered."""
    try:
        return JsonResponse({"saved_at": drafts.save(actor, offered(text), request.POST)})
    except Rejected as error:
        return JsonResponse({"message": error.message}, status=413)


class DraftView(BaseView):
    """Saves what is typed, quietly and repeatedly."""

    permission = "core.draft"

    def post(self, request: Request, key: str) -> JsonResponse:
        return saved(self.actor, key, request)

    def delete(self, request: Request, key: str) -> HttpResponse:
        drafts.discard(self.actor, offered(key))
        return HttpResponse(status=204)


class ExportReasonView(BaseView):
    """Lists with personal data leave the system only with a reason (D3)."""

    permission = "core.job"
    template_name = "core/export_reason.html"

    def get_crumbs(self) -> Crumbs:
        return [(_("내려받기 사유"), None)]

    def get(self, request: Request) -> HttpResponse:
        target = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
            raise Http404
        reason = request.GET.get("reason", "").strip()
        if reason:
            return HttpResponseRedirect(f"{target}&{urlencode({'reason': reason[:300]})}")
        return self.render({"next": target, "asked": "reason" in request.GET})


@public
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """High contrast on or off, kept in a cookie so that it works before logging in and without scripts."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    value = "high" if request.POST.get("contrast") == "high" else "normal"
    response.set_cookie(CONTRAST_COOKIE, value, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


@public
def healthz(request: HttpRequest, *, pages_only: bool = False) -> HttpResponse:
    """For whoever watches: 503 when something is missing, named on the machine itself alone. `pages_only`: for the load
    balancer, as no web server gets better by being left out for a worker that stands."""
    found = health.faults(pages_only=pages_only)
    lines = [f"{name}: {fault}" for name, fault in found.items()] if health.asked_here(request) else []
    text = "\n".join(lines) or ("unavailable" if found else "ok")
    return HttpResponse(text, status=503 if found else 200, content_type="text/plain; charset=utf-8")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may go through: the pages for everybody, and no page of the office. They may ask for private
    links as well: only who may read an answer reads in it that it is not to be listed; one that is merely forbidden is
    listed by its address as soon as somebody writes it down."""
    shown = {f"/{link.url.split('/')[1]}/" for link in menu("public", request.user)}
    allowed = "".join(f"Allow: {place}\n" for place in sorted(shown | {"/p/", settings.STATIC_URL}))
    return HttpResponse(f"User-agent: *\n{allowed}Disallow: /\n", content_type="text/plain; charset=utf-8")


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "csrf.html", status=403)


class SearchView(BaseView):
    """`/` in the header: cases, departments, whatever apps have registered."""

    permission = "core.search"
    template_name = "core/search.html"
    crumbs = ((_("검색"), None),)

    def get(self, request: Request) -> HttpResponse:
        asked = request.GET.get("q", "")
        words = " ".join(text_of(asked, search.LONGEST).split()[: search.MOST_WORDS])
        groups = search.search(self.actor, words) if words else []
        cut = search.TOO_MANY if words != " ".join(asked.split()) else ""
        return self.render({"q": words, "cut": cut, "groups": groups, "title": _("검색")})


@public
def attribution(request: HttpRequest) -> HttpResponse:
    """Whose work this system stands on."""
    return render(request, "core/attribution.html", {"title": _("저작물 출처")})

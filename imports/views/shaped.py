"""What there is already, as a file that the same import takes again (B2)."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from core import access, exports
from core.models import AccessLog
from core.page import Request
from core.permissions import reveals
from imports.views.base import OfKind


class ImportShaped(OfKind):
    file_action = AccessLog.Action.EXPORT

    @property
    def reveals(self) -> str:
        """As the list says of itself to which the import leads back."""
        return reveals(self.import_page.permission)

    def get_look(self) -> access.Look:
        return access.Look(self.importer.label)

    def get(self, request: Request, kind: str) -> HttpResponseBase:
        self.prepare()
        if self.reveals and not request.GET.get("reason", "").strip():
            target = urlencode({"next": f"{request.path}?{urlencode({'export': 'xlsx'})}"})
            return HttpResponseRedirect(f"{reverse('export_reason')}?{target}")
        return exports.respond_kind(self, kind)

"""Errors that users may read. Messages are Korean, say what is wrong and what to do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404


class Rejected(Exception):
    """A request that the rules do not allow. `field` names the form field it belongs beside, if any."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Refused(PermissionDenied):
    """Not allowed, but allowed to know: says why and who can (403)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Gone(Http404):
    """What one knew of is no longer there. The message says why; `url` is where to go on."""

    def __init__(self, message: str, url: str) -> None:
        super().__init__(message)
        self.message = message
        self.url = url

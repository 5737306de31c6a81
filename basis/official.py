"""What is official: document numbers, and the language of what others will read.

Numbers of official documents are referenced, never issued (D1): `기획예산과-1131`; the year is that of its date.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from basis.errors import Rejected

P = ParamSpec("P")
T = TypeVar("T")

check_document_number = RegexValidator(
    r"^[가-힣A-Za-z0-9·]+(\([가-힣0-9]+\))?-\d{1,7}$", _("문서번호는 기획예산과-1131처럼 입력해 주세요.")
)


def document_number(text: str, *, field: str) -> str:
    """As it is kept. Rejected beside the field if none reads like this."""
    try:
        check_document_number(text.strip())
    except ValidationError as error:
        raise Rejected(str(error.messages[0]), field=field) from None
    return text.strip()


def in_office_language(function: Callable[P, T]) -> Callable[P, T]:
    """Notices, mails and documents are in the office's language, whatever language the person acting has chosen."""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        with translation.override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return inner


@in_office_language
def office_text(text: Any) -> str:
    """A lazily translated text as records keep it."""
    return str(text)

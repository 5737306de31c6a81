"""Numbers of official documents are referenced, never issued (D1): `기획예산과-1131`; the year is that of its date."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

check_document_number = RegexValidator(
    r"^[가-힣A-Za-z0-9·]+(\([가-힣0-9]+\))?-\d{1,7}$", _("문서번호는 기획예산과-1131처럼 입력해 주세요.")
)

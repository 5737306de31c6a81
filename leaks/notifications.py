"""Officers and their heads learn of a leak at once; our own people that theirs is among the data (D7)."""

from django.utils.translation import gettext as _

from basis.clock import hour_text
from basis.official import in_office_language
from core.office import office_name
from leaks import letters
from leaks.models import Leak
from letters.sockets import KINDS
from letters.texts import filled, wording_of
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import holders_of, leaders_of

FOUND, CONCERNED = "leaks.found", "leaks.concerned"


@in_office_language
def tell_officers(leak: Leak) -> None:
    """Whoever may act on it and who leads them, but not whose account it was."""
    officers = [
        one for role in (Role.AUDITOR, Role.ADMINISTRATOR) for one in holders_of(role)
        if one.pk != leak.account_id
    ]  # fmt: skip
    departments = {one.department_id for one in officers if one.department_id}
    heads = {head.pk: head for pk in departments for head in leaders_of(pk) if head.pk != leak.account_id}
    title = _("개인정보 유출이 등록되었습니다: %(leak)s") % {"leak": leak}
    body = _("%(due)s까지 정보주체에게 알려야 합니다.") % {"due": hour_text(leak.due_at)}
    key = f"leak:{leak.pk}"
    url = leak.get_absolute_url()
    notify(FOUND, officers, title=title, body=body, url=url, key=key, personal=True)
    known = {one.pk for one in officers}
    only = [head for pk, head in heads.items() if pk not in known]
    notify(FOUND, only, title=title, body=body, url="", key=key, personal=True)


@in_office_language
def tell_person(leak: Leak, user: User) -> None:
    """One of ours: a notice and a mail with the words of the letter."""
    words = wording_of(KINDS[letters.NOTICE])
    values = {"name": user.name, "office": office_name(), **letters.values(leak)}
    notify(
        CONCERNED,
        [user],
        title=words.title,
        body=filled(words.body, values),
        key=f"leak:{leak.pk}:concerned",
        personal=True,
    )

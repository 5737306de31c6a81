"""What notices declare."""

from django.utils.translation import gettext_lazy as _

from core.duties import Duty, Phase
from core.health import HEALTH, Check
from core.jobs import ENDED
from core.navigation import UNREAD, MenuItem, Unread
from core.process import Process
from notifications.alarms import backup_seen, tell_of_backup
from notifications.care import care
from notifications.models import Mail, Notice
from notifications.reminders import remind
from notifications.selectors import unread_count
from notifications.services import (
    mend_open_work,
    tell_of_absence,
    tell_of_invitation,
    tell_of_job,
    tell_old_address,
)
from notifications.standing import old_mail
from notifications.todo import HEADLINES
from organization.sockets import KNOWN, MACHINE, ON_ABSENCE, ON_EMAIL, ON_INVITE, Known, MachineCheck

PROCESS = Process(
    noted=(Mail,),
    menu=(MenuItem("home", _("내 할 일"), "home", order=0),),
    duties=(
        Duty("open_work", Phase.DEADLINES, mend_open_work),
        Duty("backups", Phase.REMINDERS, tell_of_backup),
        Duty("reminders", Phase.REMINDERS, remind),
    ),
    plugs={
        HEADLINES: [care],
        MACHINE: [MachineCheck("backup", _("백업"), backup_seen)],
        HEALTH: [Check("mail", old_mail)],
        KNOWN: [
            Known(
                "unread",
                "SELECT COUNT(*) FROM {notices} WHERE recipient_id = person AND read_at IS NULL",
                {"notices": Notice},
            )
        ],
        UNREAD: [Unread(unread_count)],
        ENDED: [tell_of_job],
        ON_ABSENCE: [tell_of_absence],
        ON_EMAIL: [tell_old_address],
        ON_INVITE: [tell_of_invitation],
    },
)

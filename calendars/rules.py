"""Who may have a private calendar address: whoever works here, in person."""

from core.permissions import NOBODY, permit
from organization.rules import is_anyone

permit("calendars.own", is_anyone, reveals=NOBODY, personal=True)

"""What reviews declare for all kinds of them."""

from core.process import Process
from organization.sockets import ON_MERGE
from reviews.services import mergers

PROCESS = Process(plugs={ON_MERGE: [mergers.department_merged]})

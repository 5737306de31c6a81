"""What profiles declare."""

from core.process import Process
from organization.sockets import SETUP
from profiles import setup

PROCESS = Process(plugs={SETUP: [setup.STEP]})

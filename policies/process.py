"""What policies declare."""

from core.process import Process
from policies.models import PolicyValue

PROCESS = Process(audit=(PolicyValue,))

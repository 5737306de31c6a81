"""What this app declares."""

from core.process import Process

PROCESS = Process()

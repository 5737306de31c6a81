"""What profiles declare."""

from core.process import Process

PROCESS = Process()

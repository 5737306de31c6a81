"""Reviews declare nothing themselves: each kind is declared by its process."""

from core.process import Process

PROCESS = Process()

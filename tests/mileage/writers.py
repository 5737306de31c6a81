"""Fifty processes that post the same list of awards between them and are killed (-9) at random; see test_killed.py.

python tests/mileage/writers.py WRITERS KILLS SEED PLAN — PLAN is a JSON list of [rule, user, event] for each writer.
Prints how many were killed. A killed writer begins again with the award it had not yet ticked off, posted or not.
"""

import json
import mmap
import os
import random
import signal
import struct
import sys
import time
from datetime import date
from pathlib import Path

import django

django.setup()

from core.actors import SYSTEM
from mileage.catalogue import rule_of
from mileage.services.awards import Award, award
from organization.models import User

DAY = date(2026, 11, 20)


def start(number: int, plan: list[list[str]], ticked: mmap.mmap) -> int:
    if child := os.fork():
        return child
    (done,) = struct.unpack_from("I", ticked, number * 4)
    for place, (rule, user, event) in enumerate(plan[done:], done + 1):
        award([Award(rule_of(rule), User(pk=user), event, DAY, "사례")], actor=SYSTEM)
        struct.pack_into("I", ticked, number * 4, place)
    os._exit(0)


def main() -> None:
    writers, kills, seed = (int(argument) for argument in sys.argv[1:4])
    plans = json.loads(Path(sys.argv[4]).read_text())
    chance, killed = random.Random(seed), 0
    ticked = mmap.mmap(-1, writers * 4)  # shared with the children
    running = {start(number, plans[number], ticked): number for number in range(writers)}
    every = sum(map(len, plans)) // (kills + 1)  # awards between two kills, however quick the machine is
    while running:
        if killed < kills:
            time.sleep(0.001)
            if sum(struct.unpack(f"{writers}I", ticked[:])) >= killed * every:
                os.kill(chance.choice(sorted(running)), signal.SIGKILL)
        child, status = os.waitpid(-1, 0 if killed >= kills else os.WNOHANG)
        while child:
            number = running.pop(child)
            if os.WIFSIGNALED(status):
                killed += 1
                running[start(number, plans[number], ticked)] = number
            elif status:
                sys.exit(f"writer {number} failed")
            child, status = os.waitpid(-1, os.WNOHANG) if running else (0, 0)
    sys.stdout.write(str(killed))


if __name__ == "__main__":
    main()

"""The whole system in one terminal: demonstration district, web, worker, scheduler. Ctrl-C stops all."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import honcho.manager
from honcho.environ import parse_procfile

ROOT = Path(__file__).resolve().parents[1]
HOST = os.environ.setdefault("HOST", "127.0.0.1")
PORT = int(os.environ.setdefault("PORT", "8000"))
os.environ.setdefault("DATA_DIR", str(ROOT / "data"))
os.environ.setdefault("SITE_URL", f"http://{HOST}:{PORT}")  # links in mails
PROFILE = os.environ.get("PROFILE", "")  # the office whose words and figures it shows
STOPPED_BY_HAND = 128 + signal.SIGINT


def answers() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, PORT)) == 0


def manage(*arguments: str) -> str:
    """Run a management command; what it prints is returned, what it complains about is shown."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def announce(accounts: str) -> None:
    """Say where the system is as soon as it answers."""
    for _ in range(600):
        if answers():
            print(f"\n  창의구정  http://{HOST}:{PORT}/   (Ctrl-C 종료)\n\n{accounts}", flush=True)
            return
        time.sleep(0.1)


def main() -> int:
    if answers():
        print(f"{PORT}번 포트를 다른 프로그램이 쓰고 있습니다. 예: make run PORT={PORT + 1}", file=sys.stderr)
        return 1
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if PROFILE and (office := ROOT / "profiles" / "offices" / f"{PROFILE}.toml").exists():
        os.environ.setdefault("OFFICE_NAME", tomllib.loads(office.read_text(encoding="utf-8"))["office"])
    manage("migrate", "--verbosity=0")
    manage("collectstatic", "--noinput", "--verbosity=0")
    accounts = manage("load_demo", *([f"--profile={PROFILE}"] if PROFILE else []))
    honcho.manager.KILL_WAIT = 15  # seconds; a worker that listens to files needs six to end by itself
    manager = honcho.manager.Manager()
    for name, command in parse_procfile((ROOT / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env={**os.environ, "PYTHONUNBUFFERED": "1"}, cwd=str(ROOT))
    threading.Thread(target=announce, args=(accounts,), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode == STOPPED_BY_HAND else manager.returncode or 0


if __name__ == "__main__":
    sys.exit(main())

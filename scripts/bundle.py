"""One file that installs on a machine without any network: python scripts/bundle.py [FOLDER]

The source with the built static files and translations, the wheels of constraints.txt, checksums and
install.sh, for this Python and this kind of machine. `--platform` prints which that is.
"""

import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = ("tests", "bench", ".ci")  # an office runs none of them


def this_platform() -> str:
    return (
        f"Python {sys.version_info.major}.{sys.version_info.minor}, {platform.system()} {platform.machine()}"
    )


def main(arguments: list[str]) -> int:
    if arguments == ["--platform"]:
        print(this_platform())
        return 0
    folder = Path(arguments[0] if arguments else ROOT / "build")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bundle = folder.resolve() / f"changui-{project['version']}"
    shutil.rmtree(bundle, ignore_errors=True)
    copy_source(bundle / "app")
    requirements = bundle / "requirements.txt"
    requirements.write_text("\n".join(project["dependencies"]) + "\n", encoding="utf-8")
    collect_wheels(requirements, bundle / "wheels")
    (bundle / "VERSION").write_text(project["version"] + "\n")
    (bundle / "PLATFORM").write_text(this_platform() + "\n")
    shutil.move(bundle / "app/deploy/install.sh", bundle / "install.sh")
    write_checksums(bundle)
    packed = pack(bundle)
    print(f"{packed}\nsha256 {hashlib.sha256(packed.read_bytes()).hexdigest()}")
    return 0


def copy_source(target: Path) -> None:
    """What git knows, and what set-up has made of it; nothing else that lies about here."""
    known = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    for name in filter(None, known.stdout.split("\0")):
        if name.split("/")[0] not in LEFT_OUT:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    static = ROOT / "build" / "static"
    if not static.is_dir():
        sys.exit("화면 파일이 없습니다. `make setup` 뒤에 다시 실행해 주세요.")
    shutil.copytree(static, target / "build" / "static")
    for compiled in (ROOT / "locale").rglob("*.mo"):
        shutil.copyfile(compiled, target / compiled.relative_to(ROOT))


def collect_wheels(requirements: Path, target: Path) -> None:
    """The versions that the tests run with."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    chosen = ["--constraint", ROOT / "constraints.txt", "--requirement", requirements, "--wheel-dir", target]
    if subprocess.run([*map(str, [*pip, *chosen])], check=False).returncode:
        sys.exit("패키지를 받지 못했습니다. 네트워크가 되는 컴퓨터에서 실행해 주세요.")


def write_checksums(bundle: Path) -> None:
    """In the form of sha256sum, of every file."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bundle)}\n"
        for path in sorted(bundle.rglob("*"))
        if path.is_file()
    ]
    (bundle / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def pack(bundle: Path) -> Path:
    packed = bundle.with_name(f"{bundle.name}.tar.gz")
    with tarfile.open(packed, "w:gz") as file:
        file.add(bundle, bundle.name)
    shutil.rmtree(bundle)
    return packed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

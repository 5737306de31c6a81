#!/usr/bin/env bash
# backup.sh FOLDER: one file with the database and the attachments; prints its name. The system may keep running.
# Reads DATABASE_URL and DATA_DIR like the application. Restore with restore.sh.
set -euo pipefail
umask 077
root=$(cd "$(dirname "$0")/.." && pwd)
target=${1:?usage: backup.sh FOLDER}
# shellcheck source=scripts/database.sh
source "$root/scripts/database.sh"

mkdir -p "$target"
name=changui-$(date -u +%Y%m%dT%H%M%SZ)
work=$(mktemp -d "$target/.$name.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/content"

# The database first: a file is written before the row that names it and never changed, so every row of this copy
# finds its file in the copy of the folder made afterwards.
case $url in
sqlite:///*)
  python3 - "${url#sqlite:///}" "$work/content/database.sqlite3" <<'PY'
import contextlib, sqlite3, sys
source, copy = sys.argv[1:]
with (
    contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
    contextlib.closing(sqlite3.connect(copy)) as new,
):
    old.backup(new)
PY
  ;;
postgres*://*) pg_dump --format=custom --no-owner --no-privileges --file="$work/content/database.dump" "$url" ;;
*)
  echo "backup.sh: no way to copy ${url%%:*}" >&2
  exit 1
  ;;
esac
mkdir -p "$data/attachments"
tar -C "$data" -cf "$work/content/attachments.tar" attachments
(cd "$work/content" && sha256sum -- * >SHA256SUMS)
tar -C "$work/content" -cf "$work/whole.tar" .
mv "$work/whole.tar" "$target/$name.tar"
echo "$target/$name.tar"

#!/usr/bin/env bash
# backup.sh FOLDER: one file with the database and the attachments; prints its name. The system may keep running.
# Reads DATABASE_URL and DATA_DIR like the application, looks the file through, and notes the success in DATA_DIR, where
# the application looks for it. With BACKUP_KEEP=30 only the latest 30 files stay. Restore with restore.sh.
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

# dump: the copy and the number of rows in each table, both of one moment.
dump() {
  local snapshot
  coproc HELD { "${sql[@]}" "$url"; }
  echo 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_export_snapshot();' >&"${HELD[1]}"
  read -r snapshot <&"${HELD[0]}" || refuse "the database does not answer"
  pg_dump --format=custom --no-owner --no-privileges --snapshot="$snapshot" --file="$work/content/database.dump" "$url"
  printf '%s\n\\q\n' "$count_rows" >&"${HELD[1]}"
  cat <&"${HELD[0]}" >"$work/content/ROWS"
}

# The database first: a file is written before the row that names it and never changed, so every row of this copy
# finds its file in the copy of the folder made afterwards.
case $url in
sqlite:///*)
  [[ -s ${url#sqlite:///} ]] || refuse "there is no database ${url#sqlite:///}; is DATABASE_URL set?"
  python3 - "${url#sqlite:///}" "$work/content/database.sqlite3" <<'PY'
import contextlib, sqlite3, sys
source, copy = sys.argv[1:]
with (
    contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
    contextlib.closing(sqlite3.connect(copy)) as new,
):
    old.backup(new)
PY
  sqlite_counts "$work/content/database.sqlite3" >"$work/content/ROWS"
  ;;
postgres*://*) dump ;;
*) refuse "no way to copy ${url%%:*}" ;;
esac
grep -q '^django_migrations|[1-9]' "$work/content/ROWS" || refuse "$url holds no data of this system"
mkdir -p "$data/attachments"
tar -C "$data" -cf "$work/content/attachments.tar" attachments
(cd "$work/content" && sha256sum -- * >SHA256SUMS)
tar -C "$work/content" -cf "$work/whole.tar" .

# What was written is read again: a full disk or a torn dump shows here, not on the day it is needed.
mkdir "$work/read"
tar -C "$work/read" -xf "$work/whole.tar"
(cd "$work/read" && sha256sum --quiet --check SHA256SUMS)
[[ ! -e $work/read/database.dump ]] || pg_restore --list "$work/read/database.dump" >/dev/null
mv "$work/whole.tar" "$target/$name.tar"

printf '{"at": "%s", "file": "%s", "size": %s}\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%S+00:00)" "$name.tar" "$(stat -c %s "$target/$name.tar")" >"$work/noted"
[[ $EUID -ne 0 ]] || chown --reference="$data" "$work/noted"
mv "$work/noted" "$data/last-backup.json"
if [[ -n ${BACKUP_KEEP:-} ]]; then
  find "$target" -maxdepth 1 -name 'changui-*.tar' | sort -r | tail -n "+$((BACKUP_KEEP + 1))" | xargs -r rm --
fi
echo "$target/$name.tar"

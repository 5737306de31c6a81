#!/usr/bin/env bash
# drill.sh FOLDER: practises the restore of the latest backup in FOLDER into a database and a folder that are thrown away,
# and compares every table's number of rows with those of the moment of the backup. The running system is not touched.
set -euo pipefail
umask 077
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:?usage: drill.sh FOLDER}
# shellcheck source=scripts/database.sh
source "$root/scripts/database.sh"

latest=$(find "$folder" -maxdepth 1 -name 'changui-*.tar' | sort | tail -n 1)
[[ -n $latest ]] || refuse "no backup in $folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -C "$work" -xf "$latest" ./ROWS || refuse "$latest was made by an earlier version; make a new one"

case $url in
postgres*://*)
  address=${url%%\?*} options=${url#"$address"}
  name=changui_drill_$$
  there=${address%/*}/$name$options
  "${sql[@]}" -c "CREATE DATABASE $name" "$url"
  trap '"${sql[@]}" -c "DROP DATABASE IF EXISTS $name" "$url"; rm -rf "$work"' EXIT
  DATABASE_URL=$there DATA_DIR=$work/data "$root/scripts/restore.sh" "$latest" >/dev/null
  "${sql[@]}" "$there" <<<"$count_rows" >"$work/restored"
  ;;
*)
  DATABASE_URL=sqlite:///$work/drill.sqlite3 DATA_DIR=$work/data "$root/scripts/restore.sh" "$latest" >/dev/null
  sqlite_counts "$work/drill.sqlite3" >"$work/restored"
  ;;
esac
diff "$work/ROWS" "$work/restored" >"$work/differences" || {
  cat "$work/differences" >&2
  refuse "$latest: rows differ (< of the backup, > restored)"
}
rows=$(awk -F '|' '{ sum += $2 } END { print sum }' "$work/ROWS")
files=$(find "$work/data/attachments" -type f | wc -l)
echo "drill: $latest restored: $(wc -l <"$work/ROWS") tables, $rows rows, $files files"

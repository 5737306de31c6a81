#!/usr/bin/env bash
# restore.sh [--force] FILE: puts back what backup.sh saved. Stop web, workers and scheduler first.
# Without --force it touches nothing where data already stands. Then run `manage.py migrate`.
set -euo pipefail
umask 077
root=$(cd "$(dirname "$0")/.." && pwd)
force=
[[ ${1:-} != --force ]] || { force=yes && shift; }
file=${1:?usage: restore.sh [--force] FILE}
# shellcheck source=scripts/database.sh
source "$root/scripts/database.sh"

# A link among the files would be followed out of the folder by whoever reads or writes there later.
plain() {
  [ -z "$(tar -tvf "$1" | grep -v '^[-d]')" ] || refuse "$1 holds links or devices; nothing was changed"
}

mkdir -p "$data"
work=$(mktemp -d "$data/.restore.XXXXXX") # on the same disk, so that the folders change places at once
trap 'rm -rf "$work"' EXIT
tar -tf "$file" >/dev/null || refuse "$file is no backup"
plain "$file"
tar -C "$work" -xf "$file"
(cd "$work" && sha256sum --quiet --check SHA256SUMS) || refuse "$file is damaged; nothing was changed"
plain "$work/attachments.tar"
tar -C "$work" -xf "$work/attachments.tar"

case $url in
sqlite:///*)
  database=${url#sqlite:///}
  [[ -e $work/database.sqlite3 ]] || refuse "the backup is of PostgreSQL; set DATABASE_URL"
  [[ -n $force || ! -e $database ]] || refuse "$database exists; --force replaces it"
  rm -f "$database-wal" "$database-shm"
  mv "$work/database.sqlite3" "$database"
  ;;
postgres*://*)
  [[ -e $work/database.dump ]] || refuse "the backup is of SQLite; unset DATABASE_URL"
  tables=$(psql --no-psqlrc -Atc "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" "$url")
  [[ -n $force || $tables == 0 ]] || refuse "the database has $tables tables; --force replaces them"
  {
    cat <<'SQL'
DO $$ DECLARE old record; BEGIN
  FOR old IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', old.tablename);
  END LOOP;
  FOR old IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', old.name);
  END LOOP;
END $$;
SQL
    pg_restore --no-owner --no-privileges --file=- "$work/database.dump"
  } | psql --no-psqlrc --quiet --single-transaction -v ON_ERROR_STOP=1 "$url" >/dev/null
  ;;
*) refuse "no way to restore ${url%%:*}" ;;
esac
[[ ! -e $data/attachments ]] || mv "$data/attachments" "$work/before"
mv "$work/attachments" "$data/attachments"
echo "restored: $file"

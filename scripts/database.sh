# For backup.sh, restore.sh and drill.sh: `data`, and `url` without its password, which goes into the environment:
# everybody on the machine may read command lines.
refuse() {
  echo "${0##*/}: $1" >&2
  exit 1
}

# The .env of containers names no database: the one here would be another than the one that runs.
if [[ -z ${DATABASE_URL:-} && -e $root/.env ]]; then
  refuse "this installation runs in containers (.env): docker compose run --rm backup scripts/${0##*/} …"
fi
data=${DATA_DIR:-$root/data}
url=${DATABASE_URL:-sqlite:///$data/changui.sqlite3}
if [[ $url =~ ^(postgres[a-z]*://[^:@/]*):([^@/]*)@(.*)$ ]]; then
  url=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
  PGPASSWORD=$(printf '%b' "${BASH_REMATCH[2]//%/\\x}")
  export PGPASSWORD
fi
sql=(psql --no-psqlrc --quiet --no-align --tuples-only -v ON_ERROR_STOP=1)
# A line `table rows` for each table, by whoever is connected to it.
count_rows="SELECT format('SELECT %L, count(*) FROM public.%I', tablename, tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1 \\gexec"

# sqlite_counts FILE: the same of an SQLite file, which must be sound.
sqlite_counts() {
  python3 - "$1" <<'PY'
import contextlib, sqlite3, sys
with contextlib.closing(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)) as found:
    if (said := found.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
        sys.exit(f"{sys.argv[1]}: {said}")
    # an index without a text of its own (core.finding) has no rows to be counted
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1"
    names = [name for (name,) in found.execute(tables)]
    for name in names:
        print(name, found.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0], sep="|")
PY
}

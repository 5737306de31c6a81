# For backup.sh and restore.sh: `data`, and `url` without its password, which goes into the environment: everybody on
# the machine may read command lines.
data=${DATA_DIR:-$root/data}
url=${DATABASE_URL:-sqlite:///$data/changui.sqlite3}
if [[ $url =~ ^(postgres[a-z]*://[^:@/]*):([^@/]*)@(.*)$ ]]; then
  url=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
  PGPASSWORD=$(printf '%b' "${BASH_REMATCH[2]//%/\\x}")
  export PGPASSWORD
fi

#!/usr/bin/env bash
# daily_backup.sh FOLDER: backup.sh every night at half past two, for containers; systemd has its timer in deploy/.
# One that fails is tried again after an hour; the application tells the administrators (policy notifications.backup_hours).
set -uo pipefail
target=${1:?usage: daily_backup.sh FOLDER}
pause() { sleep "$1" & wait $!; } # so that a signal ends it at once
trap 'exit 0' TERM INT
while :; do
  pause "$(($(date -d 'tomorrow 02:30' +%s) - $(date +%s)))"
  until "$(dirname "$0")/backup.sh" "$target"; do
    echo "daily_backup.sh: no backup was made; tried again in an hour" >&2
    pause 3600
  done
done

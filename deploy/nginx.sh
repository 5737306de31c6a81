#!/bin/sh
# nginx.sh: prints the configuration of nginx, or says why there is none. From the environment:
#   TLS   here: this nginx has the certificate (server.crt, server.key in TLS_DIR)
#         gateway: one of the office stands in front, ends TLS and says so in X-Forwarded-Proto
#         none: the network has no TLS at all; then HTTPS=false as well
#   WEB   address of the web server(s), RESOLVER the name server that is asked for it again and again (containers)
#   LOGS  folder of the log files; without it nginx writes to standard output
set -eu

refuse() {
  echo "nginx.sh: $1" >&2
  exit 1
}

tls=${TLS:-here}
dir=${TLS_DIR:-/tls}
web=${WEB:-http://127.0.0.1:8000}

case $tls in
here)
  for file in server.crt server.key; do
    [ -r "$dir/$file" ] || refuse "no $dir/$file. Put the certificate there, or say TLS=gateway or TLS=none in .env"
  done
  [ "${HTTPS:-true}" = true ] || refuse "HTTPS=false, but TLS=here: take one of them back"
  scheme='$scheme'
  ;;
gateway)
  [ "${HTTPS:-true}" = true ] || refuse "HTTPS=false, but TLS=gateway: take one of them back"
  scheme='$http_x_forwarded_proto'
  ;;
none)
  [ "${HTTPS:-true}" = false ] || refuse "TLS=none needs HTTPS=false as well: browsers would be sent to https"
  scheme='$scheme'
  ;;
*) refuse "TLS is here, gateway or none, not $tls" ;;
esac

if [ -n "${LOGS:-}" ]; then
  access=$LOGS/changui-access.log error=$LOGS/changui-error.log
else
  access=/dev/stdout error=/dev/stderr
fi

# Who has such an address needs no log-in: it stands in no log.
cat <<CONF
map \$request_uri \$told {
  "~^/(calendar/[^/?]+\.ics|p/)" 0;
  default 1;
}
CONF

if [ "$tls" = here ]; then
  cat <<CONF
server {
  listen ${HTTP_LISTEN:-80};
  server_tokens off;
  access_log $access combined if=\$told;
  location = /proxy-health {
    access_log off;
    return 204;
  }
  location / {
    return 308 https://\$host\$request_uri;
  }
}
CONF
  listen="listen ${HTTPS_LISTEN:-443} ssl;
  ssl_certificate $dir/server.crt;
  ssl_certificate_key $dir/server.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:changui:10m;
  ssl_session_tickets off;"
else
  listen="listen ${HTTP_LISTEN:-80};"
fi

cat <<CONF
server {
  $listen
  server_tokens off;
  client_max_body_size 60m;
  access_log $access combined if=\$told;
  error_log $error warn;
  ${RESOLVER:+resolver $RESOLVER valid=5s;}

  gzip on;
  gzip_proxied any;
  gzip_types text/css application/javascript application/json image/svg+xml;

  location = /proxy-health {
    access_log off;
    return 204;
  }

  location / {
    set \$web $web;
    proxy_pass \$web;
    proxy_http_version 1.1;
    proxy_set_header Host \$http_host;
    # Appended: the application counts from the end (PROXY_COUNT), so what a browser wrote is never taken.
    proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_connect_timeout 3s;
    # First passwords of a whole office or a large export may take a while.
    proxy_read_timeout 65s;
  }
}
CONF

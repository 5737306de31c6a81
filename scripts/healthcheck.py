"""Exit 0 if the web server of this container answers /healthz/pages; asked under a name it accepts."""

import os
import sys
import urllib.error
import urllib.request

request = urllib.request.Request(
    f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz/pages",
    headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]},
)
try:
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310  the address above is http
        sys.exit(answer.status != 200)
except urllib.error.HTTPError as refused:
    sys.exit(f"/healthz/pages: {refused.read().decode()}")
except OSError as fault:
    sys.exit(f"/healthz/pages: {fault}")

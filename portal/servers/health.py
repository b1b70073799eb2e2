"""Ask the web process of this container for a page: `python -m portal.servers.health`."""

import http.client
import sys

from portal import environment


def main() -> int:
    """Return 0 when a page is answered without a server error."""
    port = environment.whole_number("PORTAL_PORT", 8000, 1, 65535)
    host = environment.listing("PORTAL_HOSTS", ["localhost"])[0]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": host})
        return 0 if connection.getresponse().status < 500 else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())

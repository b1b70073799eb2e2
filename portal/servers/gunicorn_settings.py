"""How gunicorn serves the pages, at home and in the container."""

import gc
from pathlib import Path

from portal import environment

wsgi_app = "portal.wsgi"
preload_app = True
worker_class = "gthread"
workers = environment.whole_number("PORTAL_WEB_PROCESSES", 2, 1, 64)
threads = environment.whole_number("PORTAL_WEB_THREADS", 4, 1, 64)
timeout = 60
graceful_timeout = 20
keepalive = 15
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a heartbeat must not wait for a disk
control_socket_disable = True  # nobody steers it by socket, and the file would lie in somebody's home


def when_ready(server: object) -> None:
    """Freeze the heap before the children fork, so that they share it for good."""
    gc.collect()
    gc.freeze()

"""Servers of a bench's own in a temporary folder, gone with it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LENT = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


@contextmanager
def own_servers(**environment: str) -> Iterator[Path]:
    """Run the block with a database and a Valkey of its own; yields their folder. Django is not set up yet.

    environment: further settings of the portal, beside those that name its folders.
    """
    run = Path(tempfile.mkdtemp(prefix="sqp-bench-"))
    run.chmod(0o711)  # the servers' account passes through it
    for name in LENT:
        os.environ.pop(name, None)  # nothing here may touch servers that hold anything
    os.environ["PORTAL_STATE_DIR"] = str(run / "state")
    os.environ["PORTAL_FILES_DIR"] = str(run / "files")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    os.environ.update(environment)
    from portal.servers import places
    from portal.servers.pair import ServerPair

    try:
        with ServerPair(run / "state"):
            yield run
    finally:
        shutil.rmtree(places.socket_folder(run / "state"), ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)

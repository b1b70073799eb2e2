"""Where the data, sockets and passwords of this checkout live.

Every process works the places out by itself, so settings know the addresses before anything runs.
"""

import contextlib
import hashlib
import json
import os
import secrets
import stat
import tempfile
from pathlib import Path
from urllib.parse import quote

from portal import environment
from portal.lasting import write_through
from portal.servers.account import Account, server_account
from portal.servers.program import ServerFailed

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SYSTEM_STATE = Path("/var/lib/supplier-quality-portal")
DATABASE_NAME = "portal"
OWNER_ROLE = "portal_owner"
APPLICATION_ROLE = "portal_app"
ADMIN_ROLE = "portal_admin"
POSTGRES_PORT = 5432  # only names the socket file; nothing listens on TCP
SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 107 and macOS 103
SECRET_NAMES = ("secret_key", ADMIN_ROLE, OWNER_ROLE, APPLICATION_ROLE)


def state_folder(*, checkout: Path = CHECKOUT, account: Account | None = None) -> Path:
    """Return the folder of server data, passwords and process records.

    It is `var/` of the checkout. Started by root below a folder that other accounts cannot enter, it is
    a folder of our own outside, named by a hash of the checkout, and no foreign mode is changed.
    """
    named = environment.folder("PORTAL_STATE_DIR", Path())
    if named != Path():
        return named
    account = account or server_account()
    home = checkout / "var"
    if account.reaches(home / "postgres"):
        return home
    return SYSTEM_STATE / _short_hash(checkout)


def make_state_folder(state: Path) -> Path:
    """Create the state folder, closed to others except that the servers' account may pass through it."""
    if not state.exists():
        state.mkdir(parents=True, exist_ok=True)
        state.chmod(0o711 if server_account().drops else 0o700)
    return state


def make_socket_folder(state: Path, account: Account) -> Path:
    """Create the sockets' folder, and refuse one that somebody else has put in its place."""
    folder = socket_folder(state)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.own(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {account.uid, os.geteuid()}:
        raise ServerFailed(f"{folder} belongs to somebody else. Remove it, or set TMPDIR to another folder.")
    return account.make_folder(folder)


def socket_folder(state: Path) -> Path:
    """Return the short private folder of the servers' sockets.

    Socket paths have a hard limit near 107 bytes, so they cannot stand beside the data.
    """
    name = f"sqp-{os.geteuid()}-{_short_hash(state)}"
    folder = Path(tempfile.gettempdir()) / name
    longest = len(os.fsencode(folder / f".s.PGSQL.{POSTGRES_PORT}.lock"))
    return folder if longest <= SOCKET_PATH_LIMIT else Path("/tmp") / name


def database_address(state: Path, role: str, name: str = DATABASE_NAME) -> str:
    """Return the address of the embedded database for one role."""
    password = own_secrets(state)[role]
    host = quote(str(socket_folder(state)), safe="")
    return f"postgresql://{role}:{password}@:{POSTGRES_PORT}/{name}?host={host}"


def redis_address(state: Path, number: int = 0) -> str:
    """Return the address of the embedded Valkey."""
    return f"unix://{socket_folder(state) / 'valkey.sock'}?db={number}"


def own_secrets(state: Path) -> dict[str, str]:
    """Return the passwords and the signing key of this checkout, made up on the first call."""
    path = state / "secrets.json"
    if not path.exists():
        _write_secrets(path)
    return json.loads(path.read_text(encoding="utf-8"))


def own_log_key(state: Path) -> str:
    """Return the key that signs the event log of this checkout, made up on the first call, in a file of its own."""
    path = state / "log.key"
    if not path.exists():
        from portal.log.notes import SigningKey  # what it stands on takes a moment, once

        _write_once(path, SigningKey.make(f"shop-{secrets.token_hex(4)}.localhost/log").text + "\n")
    return path.read_text(encoding="utf-8").strip()


def _write_secrets(path: Path) -> None:
    _write_once(path, json.dumps({name: secrets.token_urlsafe(48) for name in SECRET_NAMES}))


def _write_once(path: Path, content: str) -> None:
    """Write a secret unless another process has just done so; a half-written file is never seen."""
    make_state_folder(path.parent)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        write_through(Path(draft))
        if not path.exists():
            os.link(draft, path)
            write_through(path.parent)
    except FileExistsError:
        pass  # the other process was first; its secrets are the ones in force
    finally:
        os.unlink(draft)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]

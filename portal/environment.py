"""Typed readers of the process environment: a bad value stops the start with a sentence."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
DATABASE_SCHEMES = frozenset({"postgres", "postgresql"})
REDIS_SCHEMES = frozenset({"redis", "rediss", "unix"})


class BadEnvironment(ImproperlyConfigured):
    """A variable of the environment is missing or cannot be understood."""


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding blanks, or the default when it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """Return the variable as a truth.

    Raises: BadEnvironment when it is neither a yes word nor a no word.
    """
    value = text(name).lower()
    if not value:
        return default
    if value in YES:
        return True
    if value in NO:
        return False
    raise BadEnvironment(f"{name} is {value!r}, which is neither yes nor no. Use 1 or 0.")


def whole_number(name: str, default: int, low: int, high: int) -> int:
    """Return the variable as a whole number between two bounds.

    Raises: BadEnvironment when it is not a number or lies outside the bounds.
    """
    value = text(name)
    if not value:
        return default
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None
    if number is None or not low <= number <= high:
        raise BadEnvironment(f"{name} is {value!r}. Use a whole number from {low} to {high}.")
    return number


def listing(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated parts of the variable."""
    parts = [part.strip() for part in text(name).split(",") if part.strip()]
    return parts or default


def folder(name: str, default: Path) -> Path:
    """Return the variable as an absolute folder.

    Raises: BadEnvironment when the path is relative, since each process may start somewhere else.
    """
    value = text(name)
    if not value:
        return default
    if not Path(value).is_absolute():
        raise BadEnvironment(f"{name} is {value!r}, a relative path. Give the folder from the root.")
    return Path(value)


def secret(name: str, default: str = "") -> str:
    """Return a secret given either directly or as the name of a file that holds it.

    Raises: BadEnvironment when both ways are used, or when the file cannot be read or is empty.
    """
    value, file_name = text(name), text(f"{name}_FILE")
    if value and file_name:
        raise BadEnvironment(f"{name} and {name}_FILE are both set. Keep one of them.")
    if not file_name:
        return value or default
    try:
        value = Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadEnvironment(f"{name}_FILE names {file_name}, which cannot be read: {error}.") from error
    if not value:
        raise BadEnvironment(f"{name}_FILE names {file_name}, which is empty.")
    return value


def database(name: str, address: str) -> dict[str, object]:
    """Return Django's description of the PostgreSQL database at an address.

    Takes `postgresql://role:password@host:port/database`; a socket folder may be given as `?host=/folder`.

    Raises: BadEnvironment when the address is not PostgreSQL's or lacks a role or a database.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadEnvironment(f"{name} is not an address: {error}.") from error
    if parts.scheme not in DATABASE_SCHEMES:
        raise BadEnvironment(f"{name} must begin with postgresql:// since no other database is supported.")
    if not parts.username or not parts.path.strip("/"):
        raise BadEnvironment(f"{name} must name a role and a database: postgresql://role:password@host/name.")
    extras = dict(parse_qsl(parts.query))
    unknown = sorted(extras.keys() - {"host", "sslmode"})
    if unknown:
        raise BadEnvironment(
            f"{name} has an option nobody reads: {', '.join(unknown)}. Keep host and sslmode."
        )
    options = {"options": "-c jit=off"}  # planning with JIT costs more than our short statements take
    if "sslmode" in extras:
        options["sslmode"] = extras["sslmode"]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extras.get("host") or parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def broker(name: str, address: str) -> str:
    """Return Celery's spelling of a Redis or Valkey address.

    Takes `redis://host:port/0`, `rediss://...` or `unix:///folder/valkey.sock?db=0`.

    Raises: BadEnvironment when the address is of another kind.
    """
    parts = urlsplit(address)
    if parts.scheme not in REDIS_SCHEMES:
        raise BadEnvironment(f"{name} must begin with redis://, rediss:// or unix://.")
    if parts.scheme != "unix":
        return address
    number = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={number}"


def scanner(name: str) -> str:
    """Return the address of a virus scanner, or nothing: unix:///folder/clamd.ctl or tcp://host:port."""
    address = text(name)
    parts = urlsplit(address)
    try:
        is_known = (parts.scheme == "unix" and bool(parts.path)) or (
            parts.scheme == "tcp" and bool(parts.hostname) and parts.port is not None
        )
    except ValueError:
        is_known = False
    if address and not is_known:
        raise BadEnvironment(
            f"{name} must be unix:///folder/clamd.ctl or tcp://host:port. Correct it or leave it empty."
        )
    return address

"""The system account that owns the embedded servers' files.

PostgreSQL refuses to run as root. Started by root, the servers therefore run as `nobody`, on folders
that belong to it; no account is made and no foreign folder changes its mode.
"""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Account:
    """Whose rights a server runs with; `drops` says that they differ from ours."""

    uid: int
    gid: int
    drops: bool

    def popen_arguments(self) -> dict[str, object]:
        """Return what `subprocess` needs to start a program with these rights."""
        if not self.drops:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or folder to this account."""
        if self.drops:
            os.chown(path, self.uid, self.gid)

    def make_folder(self, path: Path) -> Path:
        """Create a folder that only this account (and root) may enter."""
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)
        self.own(path)
        return path

    def reaches(self, path: Path) -> bool:
        """Say whether this account may walk to a path from the root of the file system."""
        if not self.drops:
            return True
        return all(_others_may_enter(parent) for parent in path.resolve().parents)

    def readable(self, root: Path, parts: list[str], into: Path) -> Path:
        """Return a folder below which this account can read the parts: the root itself, or a copy of them.

        The copy is made once for each installed version, in a folder of our own.
        """
        if self.reaches(root / parts[0]):
            return root
        copied = into / _stamp(root / parts[0])
        if copied.exists():
            return copied
        self.make_folder(into)
        draft = copied.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        for source in (root / part for part in parts if (root / part).exists()):
            target = draft / source.relative_to(root)
            if source.is_dir():
                shutil.copytree(source, target, symlinks=True)
            else:
                target.parent.mkdir(parents=True)
                shutil.copy2(source, target)
        for path in [draft, *draft.rglob("*")]:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
        draft.rename(copied)
        return copied


def _others_may_enter(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & stat.S_IXOTH)
    except FileNotFoundError:
        return True  # made later by us, with a mode that lets the account in


def _stamp(path: Path) -> str:
    """Return a name that changes whenever the installed program does."""
    state = path.stat()
    return f"{path.name}-{state.st_size:x}-{state.st_mtime_ns:x}"


def server_account() -> Account:
    """Return the account the embedded servers run with on this machine."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), drops=False)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, drops=True)

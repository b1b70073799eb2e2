"""Files that are there after a power cut: their bytes and the folders that name them are written through to the disk.

A row that names a file is committed after this, so that no row is ever without its bytes.
Source:  POSIX fsync; a new name lasts only once its folder is written, too.
"""

from __future__ import annotations

import os
from pathlib import Path


def make_lasting(path: Path, *, up_to: Path) -> None:
    """Write a file and the names that lead to it through to the disk, from its own folder to `up_to`.

    Raises:  OSError when the disk does not take it.
    """
    write_through(path)
    for folder in path.parents:
        write_through(folder)
        if folder == up_to:
            return


def write_through(path: Path) -> None:
    """Wait until the disk holds what was written to a file, or the names that stand in a folder."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

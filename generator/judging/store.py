"""The store of facts: what was read and judged before, by the keys of what it was made from.

A cache and nothing more. Every row carries a seal that only this user of this machine can make: a store
that came with a proposal, from another machine or another version, or that was damaged, is not believed.
"""

import errno
import hmac
import os
import pickle
import secrets
import sqlite3
import sys
import weakref
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.reading.untracked import Times

FOLDER = ".kam-cache"
_FILE = "facts.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS verdict (
    client TEXT PRIMARY KEY, key TEXT, quick TEXT, same TEXT,
    watch BLOB, brief BLOB, said BLOB, owed BLOB, seal BLOB);
CREATE TABLE IF NOT EXISTS kept (
    what TEXT, client TEXT, key TEXT, data BLOB, seal BLOB, PRIMARY KEY (what, client));
"""
_LAYOUT = 2
"""Of the tables; another number in a database means that they were made otherwise.

Large values stand in tables of numbered rows: in the tree of a table without them they would be moved about
with every one that is added.
"""
_SEAL = 16
_FOLDERS = "folders"
_INDEX = "index"


class Row(NamedTuple):
    """A client's verdict as stored; what the texts and bytes mean is for others to know.

    The company's own verdict has no client.
    """

    client: str
    key: str
    """Stands for all that it was made from, looked up one by one."""
    quick: str
    """Stands for the same, and for much that it was not made from: where it holds, nothing is looked up."""
    same: str
    """Which other clients it names."""
    watch: bytes
    brief: bytes
    said: bytes
    owed: bytes = b""


class Store:
    """An open store. Nothing here raises: what cannot be read is not there, what cannot be kept is not."""

    def __init__(self, file: Path, database: sqlite3.Connection, secret: bytes, tree: str) -> None:
        self._file = file
        self._database = database
        self._secret = secret
        self._about = f"{code_key()} {tree}"
        self.is_writable = True
        self._fetched: list[Row] | None = None
        weakref.finalize(self, database.close)

    @classmethod
    def open(cls, records: Path) -> "Store | None":
        """The store beside a records folder; None where there can be none."""
        secret = _secret()
        if secret is None:
            return None
        with suppress(OSError, sqlite3.Error):
            file = cache_folder(records.parent).absolute() / _FILE
            database = _connected(file)
            return cls(file, database, secret, records.name) if database else None
        return None

    def apart(self) -> None:
        """Only read from now on, what was committed: this is the copy of the store in another process.

        A fork must not use a connection that was opened before it, nor close it.
        """
        self.is_writable = False
        try:
            self._database = sqlite3.connect(f"{self._file.as_uri()}?mode=ro", timeout=1.0, uri=True)
        except sqlite3.Error:
            # One that has nothing.
            self._database = sqlite3.connect(":memory:")

    def commit(self) -> None:
        """Let others see what was kept."""
        with suppress(sqlite3.Error):
            self._database.commit()

    def _seal(self, *parts: str | bytes) -> bytes:
        hasher = blake2b(key=self._secret, digest_size=16)
        for part in (self._about, *parts):
            data = part.encode("utf-8", "backslashreplace") if isinstance(part, str) else part
            hasher.update(b"%d " % len(data) + data)
        return hasher.digest()

    def fetch(self) -> None:
        """Have the verdicts ready for who asks for them next."""
        self._fetched = list(self.verdicts())

    def verdicts(self) -> Iterable[Row]:
        """All verdicts, what is owed left out."""
        fetched, self._fetched = self._fetched, None
        return self._verdicts() if fetched is None else fetched

    def _verdicts(self) -> Iterator[Row]:
        columns = "client, key, quick, same, watch, brief, said"
        with suppress(sqlite3.Error):
            for *parts, seal in self._database.execute(f"SELECT {columns}, seal FROM verdict"):
                if self._is_sealed(seal, "verdict", *parts):
                    yield Row(*parts)

    def owed(self, client: str, key: str) -> bytes | None:
        """What is owed to a client by the verdict of a key."""
        query = "SELECT owed FROM verdict WHERE client = ? AND key = ?"
        with suppress(sqlite3.Error):
            for (owed,) in self._database.execute(query, (client, key)):
                if isinstance(owed, bytes) and self._is_sealed(
                    owed[:_SEAL], "owed", client, key, owed[_SEAL:]
                ):
                    return owed[_SEAL:]
        return None

    def keep(self, rows: Iterable[Row]) -> None:
        """Keep verdicts, each in place of the client's last."""
        for row in rows:
            owed = self._seal("owed", row.client, row.key, row.owed) + row.owed
            parts = (row.client, row.key, row.quick, row.same, row.watch, row.brief, row.said)
            seal = self._seal("verdict", *parts)
            self._write(
                "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *parts, owed, seal
            )

    def touch(self, row: Row) -> None:
        """Keep a verdict's quick key, where what is owed stays as it is."""
        parts = (row.client, row.key, row.quick, row.same, row.watch, row.brief, row.said)
        query = "UPDATE verdict SET quick = ?, seal = ? WHERE client = ? AND key = ?"
        self._write(query, row.quick, self._seal("verdict", *parts), row.client, row.key)

    def get(self, what: str, client: str, key: str) -> bytes | None:
        """What was kept of a client under a key; None where there is nothing, or of another key."""
        query = "SELECT data, seal FROM kept WHERE what = ? AND client = ? AND key = ?"
        with suppress(sqlite3.Error):
            for data, seal in self._database.execute(query, (what, client, key)):
                if isinstance(data, bytes) and self._is_sealed(seal, what, client, key, data):
                    return data
        return None

    def found(self, what: str, key: str) -> bytes | None:
        """What was kept under a key, of whomever; None where there is nothing."""
        query = "SELECT client, data, seal FROM kept WHERE what = ? AND key = ?"
        with suppress(sqlite3.Error):
            for client, data, seal in self._database.execute(query, (what, key)):
                if isinstance(data, bytes) and self._is_sealed(seal, what, client, key, data):
                    return data
        return None

    def put(self, what: str, client: str, key: str, data: bytes) -> None:
        """Keep something of a client, in place of what it was before."""
        seal = self._seal(what, client, key, data)
        self._write("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", what, client, key, data, seal)

    def forget(self, clients: Iterable[str]) -> None:
        """Drop clients that are gone."""
        for client in clients:
            self._write("DELETE FROM verdict WHERE client = ?", client)
            self._write("DELETE FROM kept WHERE client = ?", client)

    def _write(self, query: str, *values: str | bytes) -> None:
        """Change something; after a first failure (another command is writing, a full disk) nothing more."""
        if not self.is_writable:
            return
        try:
            self._database.execute(query, values)
        except sqlite3.Error:
            self.is_writable = False

    def _is_sealed(self, seal: object, *parts: object) -> bool:
        if not isinstance(seal, bytes):
            return False
        known = [part for part in parts if isinstance(part, str | bytes)]
        return len(known) == len(parts) and hmac.compare_digest(seal, self._seal(*known))


def cache_folder(beside: Path) -> Path:
    """The folder for what can be lost, made where it is missing, and ignored by Git. Raises OSError.

    It can come with a proposal, so nothing in it is believed; a link is not followed.
    """
    folder = beside / FOLDER
    if folder.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder


class StoredFolders:
    """When the folders of the records were changed last, in the store (reading/untracked.py)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> Times | None:
        """Those that were kept last."""
        data = self._store.get(_FOLDERS, "", "")
        return Times(*pickle.loads(data)) if data is not None else None

    def put(self, times: Times) -> None:
        """Keep them, in place of what was kept before."""
        self._store.put(_FOLDERS, "", "", pickle.dumps(tuple(times), protocol=5))

    def get_index(self, whole: str) -> bytes | None:
        """Git's index taken apart, where it is the one that was kept."""
        return self._store.get(_INDEX, "", whole)

    def put_index(self, whole: str, apart: bytes) -> None:
        """Keep it, in place of what was kept before."""
        self._store.put(_INDEX, "", whole, apart)


def _connected(file: Path) -> sqlite3.Connection | None:
    """The database, made anew where what lies there is none of ours."""
    for _ in range(2):
        database = sqlite3.connect(file, timeout=1.0, isolation_level="DEFERRED", check_same_thread=False)
        try:
            # Losing it costs time alone, so nothing waits for the disk.
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            if database.execute("PRAGMA schema_version").fetchone()[0] == 0:
                # All at once: another command may open it just now.
                database.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {_LAYOUT}; COMMIT;")
            if database.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
                raise sqlite3.DatabaseError("user_version")
            for table, columns in (("verdict", 9), ("kept", 5)):
                if len(database.execute(f"SELECT * FROM {table} LIMIT 1").description) != columns:
                    raise sqlite3.DatabaseError(table)
            return database
        except sqlite3.DatabaseError:
            database.close()
            for beside in ("", "-wal", "-shm"):
                file.with_name(file.name + beside).unlink(missing_ok=True)
    return None


def _secret() -> bytes | None:
    """What only this user of this machine knows; made on first use. None where none can be kept."""
    home = (
        os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    )
    file = Path(home) / "kam" / "seal"
    with suppress(OSError):
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_name(f"seal.{os.getpid()}")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(secrets.token_bytes(32))
            os.replace(fresh, file)
        secret = file.read_bytes()
        return secret if len(secret) == 32 else None
    return None


@cache
def code_key() -> str:
    """Stands for the program itself, for the Python it runs on, and for all that is installed beside it."""
    package = Path(__file__).resolve().parents[1]
    hasher = blake2b(repr((sys.version, _installed())).encode("utf-8", "backslashreplace"), digest_size=16)
    for file in sorted(package.rglob("*")):
        if file.suffix in (".py", ".md", ".yml") and file.is_file():
            hasher.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return hasher.hexdigest()


def _installed() -> list[str]:
    """The libraries with their versions: another sanitiser, or another parser, makes other pages."""
    found: list[str] = []
    for folder in filter(None, sys.path):
        with suppress(OSError):
            found += (name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)

"""What a user sets, checked before anything is touched. A failed check gives one line that names the option."""

import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from urllib.parse import urlsplit

from sender.errors import ConfigError, WarehouseError


@dataclass(frozen=True)
class Table:
    """Where events are read from: a relation in a DuckDB file, or Parquet files instead (`events`: a file, folder or glob). Both
    are missing for a command that reads no events. `patience` is how many seconds to wait for a file that another process writes."""

    database: Path | None = None
    relation: str = "main.capi_events"
    events: str | None = None
    patience: float = 60.0

    def __bool__(self) -> bool:
        return bool(self.database or self.events)

    @property
    def name(self) -> str:
        return self.events or self.relation

    def files(self) -> list[str]:
        """The files that `events` names now, in order. A folder stands for its Parquet files at any depth; files and folders whose
        names begin with _ or . do not belong to the table."""
        if Path(self.events or "").is_dir():
            named = (path.relative_to(str(self.events)) for path in Path(str(self.events)).rglob("*.parquet"))
            found = [
                str(Path(str(self.events), name)) for name in named if not any(part[0] in "_." for part in name.parts)
            ]
        else:
            found = glob(self.events or "", recursive=True, include_hidden=True)  # noqa: PTH207 - a pattern, also an absolute one
        return sorted(name for name in found if Path(name).is_file())

    def stamps(self) -> list[tuple[str, int, int]]:
        """Name, size and time of each file, which show whether `files` have been rewritten."""
        found = []
        for name in self.files() if self.events else []:
            with suppress(FileNotFoundError):
                stat = Path(name).stat()
                found.append((name, stat.st_size, stat.st_mtime_ns))
        return found


@dataclass(frozen=True)
class Settings:
    """Times are seconds."""

    ledger: Path
    table: Table = Table()
    graph_url: str = "https://graph.facebook.com"
    api_version: str = "v26.0"
    json: bool = False
    limit: int | None = None
    dry_run: bool = False
    batch_size: int = 1000
    workers: int = 2
    deadline: float = 60.0
    max_wait: float = 120.0


def graph_url(value: str) -> str:
    """The base address: https to Meta, or http(s) to this machine. A token sent anywhere else would be leaked."""
    try:
        url = urlsplit(value)
        host, port = url.hostname or "", url.port
    except ValueError:
        raise ConfigError(
            f"--graph-url {value!r} is not an address; the default is https://graph.facebook.com"
        ) from None
    if url.username or url.password or "@" in url.netloc:
        raise ConfigError("--graph-url: an address with a user or password in it is not accepted")
    if "://" not in value:
        raise ConfigError(f"--graph-url {value!r} lacks http:// or https://; for this machine write http://{value}")
    if url.path.strip("/") or url.query or url.fragment:
        raise ConfigError("--graph-url takes the host only; version and dataset id are added to it")
    if url.scheme not in ("http", "https") or not host:
        raise ConfigError(f"--graph-url {value!r} is not an address; the default is https://graph.facebook.com")
    if not is_loopback(host):
        if url.scheme == "http":
            raise ConfigError(
                f"--graph-url: plain http is for this machine only (localhost, 127.0.0.1), not for {host}"
            )
        if not re.fullmatch(r"([a-z0-9-]+\.)*facebook\.com", host) or port not in (None, 443):
            raise ConfigError(
                f"--graph-url: {host} is not Meta's; only graph.facebook.com and this machine get the token"
            )
    # Rebuilt from the checked parts: another parser may take something else in an odd address for the host.
    return f"{url.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port is not None else ''}"


def is_loopback(host: str) -> bool:
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def api_version(value: str) -> str:
    match = re.fullmatch(r"v([1-9]\d?)\.0", value)
    if not match:
        raise ConfigError(f"--api-version {value!r} is not an API version; write it like v26.0")
    return value


def usual_ledger(folder: Path, database: Path | None) -> str:
    """The default ledger: in the working `folder` or, if there is none, beside the database. If neither exists and the database is
    outside the working folder, the ledger goes beside it, so that the sender and dbt find it from any folder."""
    beside = database.parent if database else folder
    there = [place for place in (folder, beside) if (place / ".offline-capi").is_dir()]
    new = folder if beside.is_relative_to(folder) else beside
    return str((there or [new])[0] / ".offline-capi" / "ledger.sqlite")


def ledger_path(value: str, database: Path | None) -> Path:
    path = Path(value).resolve()  # spool, state and lock are beside the file itself, not beside a link to it
    if path.is_dir():
        raise ConfigError(f"--ledger {path} is a folder; name a file in it, such as {path / 'ledger.sqlite'}")
    if database and path == database.resolve():
        raise ConfigError("--ledger and --database are the same file; name another file for the ledger")
    if "target" in path.parts and any((parent / "dbt_project.yml").exists() for parent in path.parents):
        raise ConfigError(f"--ledger {path} is in dbt's target folder, which `dbt clean` deletes; choose another place")
    return path


def dataset_id(value: str) -> str:
    """Only digits, because it becomes part of an address and of a file name, and a table may hold anything."""
    if not re.fullmatch(r"[0-9]{1,30}", value):
        raise WarehouseError(f"dataset_id {value!r} is not a dataset id, which has digits only; nothing was sent to it")
    return value


def without_secrets(path: str) -> str:
    """A path or address without possible secrets: the user, and everything after a question mark."""
    return re.sub(r"//[^/]*@", "//", path.split("?", 1)[0])


def database_path(value: str) -> Path:
    if re.match(r"(:memory:|md:|motherduck:)|[^?]*://", value):
        raise ConfigError(f"--database {without_secrets(value)} is not a file on this machine; name a DuckDB file")
    return Path(value).absolute()

"""The private copy of the rows that may be due: taken from the table of events, checked, sorted, and read back in order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sender.batching import Row
from sender.errors import WarehouseError
from sender.warehouse import first_line, quote, scratch, seconds, table

FAULTS = {
    "event_key": "event_key is null or not regexp_full_match(event_key, '[0-9a-f]{64}')",
    "dataset_id": "dataset_id is null or not regexp_full_match(dataset_id, '[0-9]{1,30}')",
    "event_name": "event_name is null or event_name = ''",
    "event_time": "event_time is null or event_time <= 0 or event_time > 100000000000",
    "payload": "payload is null or not json_valid(payload) or json_type(payload) != 'OBJECT'",
    "expires_at": "expires_at is null",
}
ORDER = "dataset_id, upload_tag, event_time, store_id, event_key"


@dataclass(frozen=True)
class Ready:
    """`total` rows are in the table; those that may be due are in `path`, `datasets` says how many for each dataset."""

    path: Path
    total: int
    datasets: dict[str, int]

    @property
    def candidates(self) -> int:
        return sum(self.datasets.values())

    def stream(self, dataset_id: str | None = None, newest_first: bool = False) -> Iterator[Row]:
        """Rows in the order of sending: those that fail together sit together. Memory stays flat."""
        direction = "desc" if newest_first else "asc"
        where = "where dataset_id = ?" if dataset_id else ""
        order = f"order by event_time {direction} limit 1000" if newest_first else ""
        sql = (
            "select unhex(event_key), dataset_id, event_name, event_time, order_id, item_number, store_id, upload_tag, "
            f"encode(payload), expires_at, source, digest from read_parquet({quote(str(self.path))}) {where} {order}"
        )
        with scratch(self.path.parent) as connection:
            cursor = connection.execute(sql, [dataset_id] if dataset_id else [])
            while rows := cursor.fetchmany(2000):
                yield from map(Row._make, rows)


def take(
    database: Path | None,
    relation: str,
    events: str | None,
    state: Path | None,
    patience: float,
    folder: Path,
    say: Callable[[str], None],
) -> Ready:
    """Copy what may be due into `folder`. `state` is the published state to leave out, if it can be trusted."""
    taken, path = folder / "taken.parquet", folder / "ready.parquet"
    with table(database, relation, events, patience, folder, say) as (connection, source, types):
        known = ""
        if state:
            known = (
                "anti join (select left(event_key, 32)::uuid as k, payload_digest as d "
                f"from read_parquet({quote(str(state))}) where state != 'pending') "
                "on try_cast(left(event_key, 32) as uuid) = k and digest = d"
            )
        sql = f"""
            copy (
                with
                    events as (
                        select
                            event_key::varchar as event_key,
                            dataset_id::varchar as dataset_id,
                            event_name::varchar as event_name,
                            {seconds("event_time", types["event_time"])} as event_time,
                            order_id::varchar as order_id,
                            item_number::varchar as item_number,
                            store_id::varchar as store_id,
                            upload_tag::varchar as upload_tag,
                            payload::varchar as payload,
                            {seconds("expires_at", types["expires_at"])} as expires_at,
                            md5(payload::varchar)::uuid as digest
                        from {source}
                    )
                select * from events {known}
            ) to {quote(str(taken))} (format parquet)"""
        try:
            connection.execute("set preserve_insertion_order = false")
            connection.execute(sql)
            total = connection.execute(f"select count(*) from {source}").fetchall()[0][0]
        except duckdb.Error as error:
            raise WarehouseError(f"cannot read {events or relation}: {first_line(error)}") from None
    with scratch(folder) as connection:
        check(connection, f"read_parquet({quote(str(taken))})", events or relation)
        connection.execute(f"""
            copy (
                select
                    * exclude (digest),
                    case
                        when order_id is not null
                            then unhex(md5(concat_ws(chr(31), dataset_id, event_name, coalesce(item_number, ''),
                            order_id))) end as source, unhex(replace(digest::varchar, '-', '')) as digest from
                            read_parquet({quote(str(taken))}) order by {ORDER}
            ) to {quote(str(path))} (format parquet, row_group_size 20000)""")
        taken.unlink()
        sql = f"select dataset_id, count(*) from read_parquet({quote(str(path))}) group by all order by 1"
        return Ready(path, total, dict(connection.execute(sql).fetchall()))


def check(connection: duckdb.DuckDBPyConnection, source: str, named: str) -> None:
    """Refuse a table that breaks its contract, before anything is claimed."""
    counts = ", ".join(f"count(*) filter ({fault})" for fault in FAULTS.values())
    rows = connection.execute(f"select {counts}, count(*) - count(distinct event_key) from {source}").fetchall()[0]
    wrong = [f"{column} ({n} rows)" for column, n in zip(FAULTS, rows, strict=False) if n]
    if rows[-1] and not wrong:
        wrong = [f"event_key ({rows[-1]} repeated)"]
    if wrong:
        raise WarehouseError(
            f"{named} is not sound: bad values in {', '.join(wrong)}; nothing was sent. Run `dbt build` to see which test fails"
        )

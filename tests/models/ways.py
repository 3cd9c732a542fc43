"""Any way of running dbt, as a state machine: parts of the package, in any order, killed or with other settings, while rows change.

The promise, checked after each complete run: the tables that people read have what a build from scratch makes of the same rows. Nothing
is sent, so no event depends on an earlier run. Used by test_ways.py and, from fresh seeds, by soak.py.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

REPOSITORY = Path(__file__).resolve().parents[2]
AS_OF = "2026-11-24T06:00:00Z"
VARIABLES = {
    "capi_dataset_id": "100000000000001",
    "capi_default_country": "FR",
    "capi_as_of": AS_OF,
    "capi_delivery_state": "delivery_state.parquet",  # nobody writes it
}
MODELS = sorted(path.stem for path in (REPOSITORY / "models").rglob("*.sql"))
READ = {
    "capi_events": "event_key, payload, expires_at, match_keys",
    "capi_rejected_events": "order_id, store_id, reason, remedy",
    "capi_dropped_values": "order_id, customer_id, field, reason",
}
ORDERS = ("order_id", "ordered_at", "total", "status", "store_id", "customer_id", "email")
CUSTOMERS = ("customer_id", "email", "phone", "marketing_consent")
LINES = ("order_id", "product_id")
STORES = ("store_id", "time_zone", "currency", "country")

row = st.fixed_dictionaries(
    {
        "order_id": st.sampled_from(["1", "2", "3", "4", None]),
        "ordered_at": st.sampled_from(["2026-11-20 10:00:00", "2026-11-20 11:00:00", "2026-01-01 10:00:00"]),
        "total": st.sampled_from(["10", "12.5", "-1", None]),
        "status": st.sampled_from([None, None, "completed", "cancelled"]),
        "store_id": st.sampled_from(["paris", "york"]),
        "customer_id": st.sampled_from(["ann", "bob", None]),
        "email": st.sampled_from([None, None, "guest@shop.example", "no address"]),
    }
)
person = st.fixed_dictionaries(
    {
        "email": st.sampled_from([None, "ann@shop.example", "bob@shop.example", "no address"]),
        "phone": st.sampled_from([None, "06 12 34 56 78"]),
        "marketing_consent": st.sampled_from(["yes", "yes", "no"]),
    }
)


def write(database: Path, tables: dict[str, tuple[tuple[str, ...], list[dict[str, Any]]]]) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema if not exists raw")
        for name, (columns, rows) in tables.items():
            connection.execute(
                f"create or replace table raw.{name} ({', '.join(f'{column} varchar' for column in columns)})"
            )
            for each in rows:
                connection.execute(
                    f"insert into raw.{name} values ({', '.join('?' * len(columns))})", [each[c] for c in columns]
                )


def read(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            table: sorted(connection.execute(f"select {columns} from {table}").fetchall(), key=repr)
            for table, columns in READ.items()
        }


def machine(
    dbt: Callable[..., Any], folder: Callable[[], Path], log: Callable[[str], None] = print
) -> type[RuleBasedStateMachine]:
    """`dbt` runs real dbt; `folder` gives a new folder for each sequence."""

    class Ways(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.folder = folder()
            self.database = self.folder / "till.duckdb"
            self.orders: list[dict[str, Any]] = []
            self.lines: list[dict[str, Any]] = []
            self.customers = {
                name: {"email": f"{name}@shop.example", "phone": None, "marketing_consent": "yes"}
                for name in ("ann", "bob")
            }

        def save(self, database: Path) -> None:
            stores = [("paris", "Europe/Paris", "EUR", "FR"), ("york", "America/New_York", "USD", "US")]
            write(
                database,
                {
                    "orders": (ORDERS, self.orders),
                    "order_items": (LINES, self.lines),
                    "customers": (CUSTOMERS, [{"customer_id": name, **row} for name, row in self.customers.items()]),
                    "stores": (STORES, [dict(zip(STORES, store, strict=True)) for store in stores]),
                },
            )

        def call(self, *arguments: str, database: Path | None = None, **more: Any) -> Any:
            variables = VARIABLES | more.pop("variables", {})
            finished = dbt(*arguments, database=database or self.database, variables=variables, check=False, **more)
            log(f"dbt {' '.join(arguments)} {more or ''}: {finished.returncode}")
            return finished

        @initialize(orders=st.lists(row, min_size=3, max_size=6))
        def open_shop(self, orders: list[dict[str, Any]]) -> None:
            self.orders = orders
            self.save(self.database)

        @rule(data=st.data())
        def something(self, data: st.DataObject) -> None:
            """One rule, because hypothesis leaves some rules out of a whole sequence if there are several."""
            kinds: list[Callable[[st.DataObject], None]] = [self.run_goes_wrong, self.whole_run]
            kinds += [self.rows_change] * 2 + [self.part_is_run] * 3
            kinds[data.draw(st.integers(0, len(kinds) - 1))](data)

        def rows_change(self, data: st.DataObject) -> None:
            what = data.draw(st.sampled_from(["new", "changed", "gone", "customer", "line"]))
            chosen = data.draw(st.integers(0, len(self.orders) - 1)) if self.orders else None
            if what == "customer":
                self.customers[data.draw(st.sampled_from(["ann", "bob"]))] = data.draw(person)
            elif what == "line":
                self.lines.append({"order_id": data.draw(st.sampled_from(["1", "2"])), "product_id": "A"})
            elif what == "new" or chosen is None:
                self.orders.append(data.draw(row))
            elif what == "changed":
                columns, new = data.draw(st.sets(st.sampled_from(ORDERS[1:]), min_size=1)), data.draw(row)
                self.orders[chosen] = self.orders[chosen] | {column: new[column] for column in columns}
            else:
                self.orders.pop(chosen)
            self.save(self.database)

        def part_is_run(self, data: st.DataObject) -> None:
            what = data.draw(st.sampled_from(["select", "exclude", "around", "two calls", "anew", "setting"]))
            models = data.draw(st.lists(st.sampled_from(MODELS), min_size=1, max_size=12, unique=True))
            around = data.draw(st.sampled_from(["+{}", "{}+", "+{}+"])).format(models[0])
            if what == "select":
                self.call("run", "--select", *models)
            elif what == "exclude":
                self.call("run", "--exclude", *models)
            elif what == "around":
                self.call("run", "--select", around)
            elif what == "two calls":
                self.call("run", "--exclude", f"{models[0]}+")
                if data.draw(st.booleans()):
                    self.rows_change(data)
                self.call("run", "--select", f"{models[0]}+")
            elif what == "anew":
                self.call("run", "--full-refresh", "--select", around)
            else:
                self.call("run", "--select", around, variables={"capi_event_name": "Lead"})

        def run_goes_wrong(self, data: st.DataObject) -> None:
            what = data.draw(st.sampled_from(["empty", "sample", "killed", "failed"]))
            if what == "empty":
                self.call("run", "--empty")
            elif what == "sample":
                self.call("run", "--sample=1 day")
            elif what == "killed":
                self.call("run", kill_after=data.draw(st.floats(2, 10)))
            else:
                with duckdb.connect(str(self.database)) as connection:
                    connection.execute("alter table raw.order_items rename to gone")
                self.call("run")
                with duckdb.connect(str(self.database)) as connection:
                    connection.execute("alter table raw.gone rename to order_items")
                self.call("retry")

        def whole_run(self, data: st.DataObject | None = None) -> None:
            finished = self.call("run")
            assert finished.returncode == 0, finished.stdout[-4000:]
            anew = self.folder / "anew" / "till.duckdb"  # of the same name, so that dbt need not parse anew
            anew.parent.mkdir(exist_ok=True)
            anew.unlink(missing_ok=True)
            self.save(anew)
            finished = self.call("run", database=anew)
            assert finished.returncode == 0, finished.stdout[-4000:]
            assert read(self.database) == read(anew)
            with duckdb.connect(str(self.database), read_only=True) as connection:
                counted = connection.execute(
                    "select (select count(*) from raw.orders) - (select count(*) from capi_events) - (select count(*) from capi_rejected_events)"
                ).fetchall()
            assert counted == [(0,)]

        def teardown(self) -> None:
            self.whole_run()

    return Ways

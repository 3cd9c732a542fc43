"""--events with the output of Spark and the like: a folder, with or without partitions, finished or not."""

import time

import duckdb
import pytest

from sender.config.settings import Table
from sender.errors import WarehouseError
from sender.events.changes import Known, take
from tests.sender.shop import make_row

SPARKS = "part-00000-5d4e61e5-5b8e-4f5d-9a6b-0f3a7d6f7c11-c000.snappy.parquet"


@pytest.fixture
def write(shop):
    """Writes events into a file of a folder as Spark would."""

    def write(name, rows, columns="*"):
        path = shop.folder / "lake" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shop.fill(rows)
        with duckdb.connect(str(shop.warehouse)) as connection:
            connection.execute(f"copy (select {columns} from capi_events) to '{path}' (format parquet)")

    return write


def test_a_folder_that_spark_has_finished_is_sent_once(shop, meta, write):
    write(SPARKS, [make_row(number) for number in range(3)])
    write(SPARKS.replace("00000", "00001"), [make_row(number) for number in range(3, 5)])
    write("_temporary/0/" + SPARKS, [make_row(9)])
    (shop.folder / "lake" / "_SUCCESS").touch()

    assert shop.send("--events", "lake").json["accepted"] == 5
    assert shop.send("--events", "lake").json["requests"] == 0
    assert shop.send("--events", "lake/*.parquet").json["already_known"] == 5


def test_partitions_are_columns_and_stay_text(shop, meta, write):
    for store in ("007", "7"):
        write(f"store_id={store}/{SPARKS}", [make_row(int(store) + len(store))], "* exclude (store_id)")
    (shop.folder / "lake" / "_SUCCESS").touch()

    assert shop.send("--events", "lake").json["accepted"] == 2
    assert set(duckdb.sql(f"select store_id from '{shop.state}'").fetchall()) == {("007",), ("7",)}


def test_a_folder_without_success_is_refused(shop, meta, write):
    write(SPARKS, [make_row(0)])

    for named in ("lake", "lake/*.parquet", f"lake/{SPARKS}"):
        refused = shop.send("--events", named)
        assert (refused.code, len(refused.err.splitlines()), "_SUCCESS" in refused.err) == (2, 1, True)
    assert not meta.counted


@pytest.mark.parametrize(
    ("log", "folder", "kind"),
    [("_delta_log/0.json", "", "Delta"), ("metadata/v1.metadata.json", "data/", "Iceberg")],
)
def test_the_files_of_a_table_with_a_log_are_refused(shop, meta, write, log, folder, kind):
    write(folder + SPARKS, [make_row(0)])
    path = shop.folder / "lake" / log
    path.parent.mkdir()
    path.touch()

    refused = shop.send("--events", f"lake/{folder}")
    assert (refused.code, len(refused.err.splitlines()), kind in refused.err) == (2, 1, True)
    assert not meta.counted


def test_nothing_is_taken_from_files_that_are_written_anew_while_they_are_read(shop, meta, write):
    """The build that writes them runs while the sender looks up which differences it has already noted."""
    now = time.time()
    write(SPARKS, [make_row(0, now=now)])
    (shop.folder / "lake" / "_SUCCESS").touch()
    shop.send("--events", "lake")
    write(SPARKS, [make_row(0, now=now, value=2)])

    def noted():
        write(SPARKS, [make_row(0, now=now), make_row(1, now=now)])
        yield make_row(0, now=now)["event_key"], "00000000-0000-0000-0000-000000000000"

    known = Known(shop.state, noted(), (), now)
    with pytest.raises(WarehouseError, match="rewritten while it was being read"):
        take(Table(events=str(shop.folder / "lake")), known, folder=shop.folder, spool=None, say=print)

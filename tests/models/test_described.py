"""What `dbt docs` shows a shop is complete: each public table with a contract, each raw column, each macro that it may call; nothing else."""

import re
from pathlib import Path

import pytest
import yaml

from scripts import hide_macros
from tests.test_docs import TABLES, columns_of

pytestmark = pytest.mark.pure

MODELS = Path(__file__).resolve().parents[2] / "models"
MARTS = {mart["name"]: mart for mart in yaml.safe_load((MODELS / "marts/_marts.yml").read_text())["models"]}
SOURCES = yaml.safe_load((MODELS / "staging/_capi__sources.yml").read_text())["sources"][0]["tables"]
KEYS = (MODELS.parent / "tests/dbt/assert_keys_are_unique.sql").read_text()


def undescribed(things):
    return [thing["name"] for thing in things if not thing.get("description")]


def test_every_mart_is_described_with_all_of_its_columns_under_an_enforced_contract():
    """So dbt refuses to build a column that is not listed, or one of another type."""
    assert MARTS.keys() == {path.stem for path in (MODELS / "marts").glob("*.sql")}
    for name, mart in MARTS.items():
        assert undescribed([mart, *mart["columns"]]) == [], name
        assert mart["config"]["contract"] == {"enforced": True}, name


def test_the_key_of_every_mart_that_has_one_is_tested():
    """capi_rejected_events has none: two rows of a receipt may be equal. assert_every_order_is_accounted_for counts its rows."""
    of_one = {
        name
        for name, mart in MARTS.items()
        if any("unique" in column.get("data_tests", []) for column in mart["columns"])
    }
    of_several = dict(re.findall(r'"(capi_\w+)": \[(.*)\]', KEYS))

    assert {*of_one, *of_several} == MARTS.keys() - {"capi_rejected_events"}
    for name, columns in of_several.items():
        assert set(re.findall(r"\w+", columns)) <= {column["name"] for column in MARTS[name]["columns"]}


@pytest.mark.parametrize("table", SOURCES, ids=lambda table: table["name"])
def test_every_raw_column_that_is_read_is_described(table):
    assert [column["name"] for column in table["columns"]] == columns_of("capi_known_columns", table["name"])
    assert undescribed([table, *table["columns"]]) == []
    assert [table["name"] for table in SOURCES] == list(TABLES)


def test_every_macro_is_described_with_typed_arguments_or_hidden():
    assert hide_macros.PAGE.read_text() == hide_macros.page(), "python -m scripts.hide_macros"
    written = hide_macros.written()
    for macro in hide_macros.described():
        assert [argument["name"] for argument in macro["arguments"]] == written[macro["name"]], macro["name"]
        assert undescribed([macro, *macro["arguments"]]) == []
        assert all(argument["type"] for argument in macro["arguments"]), macro["name"]


def test_a_macro_that_tells_why_a_value_is_dropped_is_described_with_all_of_its_reasons():
    for macro in hide_macros.described():
        if field := re.fullmatch(r"capi_(\w+)_drop_reason", macro["name"]):
            rule = (hide_macros.MACROS / "normalise" / f"capi_normalise_{field[1]}.sql").read_text()
            for reason in re.findall(r'capi_drop\("(\w+)"\)', rule):
                assert re.search(rf"\b{reason}\b", macro["description"]), (macro["name"], reason)

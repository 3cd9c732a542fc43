"""The pages that list things list all of them: reasons, settings and raw columns, compared with the code."""

import importlib.util
import re
from pathlib import Path

import jinja2
import pytest

from scripts.matrix import CORNERS
from sender.cli.main import COMMANDS

pytestmark = pytest.mark.pure

REPOSITORY = Path(__file__).resolve().parents[1]
SQL = {
    path: path.read_text() for folder in ("macros", "models") for path in sorted((REPOSITORY / folder).rglob("*.sql"))
}
TABLES = ("orders", "order_items", "customers", "stores")


def rows(page: str) -> list[str]:
    """The first cell of each table row on a page, if it is code."""
    return re.findall(r"^\| `(\w+)`\*? \|", (REPOSITORY / "docs" / page).read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def generator():
    path = REPOSITORY / "scripts" / "generate_reasons.py"
    spec = importlib.util.spec_from_file_location("generate_reasons", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_reasons_is_what_the_script_writes(generator):
    assert generator.PAGE.read_text() == generator.page(), "python scripts/generate_reasons.py"


def test_every_reason_for_which_a_value_is_dropped_has_a_remedy_and_every_remedy_a_reason(generator):
    listed = {reason for (reason,) in generator.rows("int_capi__drop_reasons", "reason")}
    dropped = {code for text in SQL.values() for code in re.findall(r'capi_drop\("(\w+)"\)', text)}
    # Verdicts on what is not a value of an event: orders are rejected for these.
    dropped -= {reason for (reason,) in generator.rows("int_capi__rejection_reasons", "reason")}
    contents = SQL[REPOSITORY / "models/intermediate/events/int_capi__contents.sql"]
    dropped |= set(re.findall(r"then '(\w+)'", contents))
    dropped |= set(re.findall(r"'\w+:(\w+)'", SQL[REPOSITORY / "models/marts/capi_dropped_values.sql"]))

    assert listed == dropped


def test_every_reason_for_which_an_order_is_rejected_is_given_somewhere(generator):
    listed = {reason for (reason,) in generator.rows("int_capi__rejection_reasons", "reason")}
    given = {
        code
        for path, text in SQL.items()
        if "reference" not in path.parts
        for code in re.findall(r"['\"](\w+)['\"]", text)
    }

    assert listed - given == set()


def test_the_page_of_settings_has_every_variable_once_and_nothing_else():
    sources = (REPOSITORY / "models/staging/_capi__sources.yml").read_text()
    read = set()
    for text in [*SQL.values(), sources, (REPOSITORY / "dbt_project.yml").read_text()]:
        read |= set(re.findall(r"""(?:var|capi_setting|capi_own_statuses)\(["'](capi_\w+)["']""", text))
        read |= {f"capi_{table}_model" for table in TABLES if 'var("capi_" ~ table ~ "_model"' in text}
        read |= {f"capi_use_{table}" for table in TABLES[1:] if 'var("capi_use_" ~ table' in text}
    checked = {
        name
        for path, text in SQL.items()
        if path.name in ("capi_check_names.sql", "capi_check_settings.sql", "capi_settings.sql")
        for line in re.findall(r"for name in \[(.*?)\]", text, re.DOTALL)
        for name in re.findall(r'"(capi_\w+)"', line)
    }
    listed = rows("settings.md")
    known = (
        SQL[REPOSITORY / "macros/settings/capi_check_names.sql"] + SQL[REPOSITORY / "macros/settings/capi_settings.sql"]
    )
    of_tables = {name for name in listed if re.search(r"_(identifier|model)$|^capi_use_", name)}

    assert len(listed) == len(set(listed))
    assert set(listed) == read - {"capi_"} - {"capi_use_"}
    assert checked <= read
    assert {
        name for name in listed if f'"{name}"' not in known
    } == of_tables  # otherwise it is refused as an unknown variable


def columns_of(macro: str, table: str) -> list[str]:
    """What a macro of capi_known_columns.sql returns."""
    returned: list[list[str]] = []
    text = SQL[REPOSITORY / "macros/raw/capi_known_columns.sql"]
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=True)
    environment.from_string(f"{text}{{% do {macro}('{table}') %}}").render({"return": returned.append})
    return returned[0]


def test_the_dictionary_of_raw_tables_has_every_column_of_each_table():
    """Orders have the columns of a person too, which are listed once, with customers."""
    page = (REPOSITORY / "docs" / "raw_tables.md").read_text()
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    listed = {section.split("`")[1]: re.findall(r"^\| `(\w+)`(\*?) \|", section, re.MULTILINE) for section in sections}
    person = [column for column, _ in listed["customers"] if column != "customer_id"]

    assert list(listed) == list(TABLES)
    for table, rows_of_table in listed.items():
        names = [column for column, _ in rows_of_table]
        known = columns_of("capi_known_columns", table)
        assert sorted(names + (person if table == "orders" else [])) == sorted(known), table
        assert [column for column, star in rows_of_table if star] == columns_of("capi_required_columns", table)


def test_the_page_of_commands_has_every_command_once():
    listed = re.findall(r"^\| `offline-capi (\w+)", (REPOSITORY / "docs" / "commands.md").read_text(), re.MULTILINE)

    assert sorted(listed) == sorted(COMMANDS)


def test_the_page_of_systems_names_the_versions_of_every_corner_that_make_matrix_runs():
    page = (REPOSITORY / "docs" / "systems.md").read_text()

    for corner in CORNERS:
        for version in (corner.python, corner.dbt, corner.dbt_duckdb, corner.duckdb):
            assert re.search(rf"\b{re.escape(version)}\b", page), (corner.name, version)

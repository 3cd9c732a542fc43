"""The package's macros as a user calls them from a project of their own, rendered by the real dbt once and asked in batches."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

TODAY = "2026-11-24"
VERDICTS = {
    "em": 'capi_email_verdict(offline_capi.capi_email_text("value"))',
    "ph": 'capi_phone_verdict(offline_capi.capi_phone_text("probe.value"), "probe.country")',
    "fn": 'capi_name_verdict(offline_capi.capi_name_text("value"))',
    "ln": 'capi_name_verdict(offline_capi.capi_name_text("value"))',
    "ge": 'capi_gender_verdict(offline_capi.capi_gender_text("value"))',
    "db": f'capi_date_of_birth_verdict(offline_capi.capi_date_of_birth_text("value"), "date \'{TODAY}\'")',
    "ct": 'capi_city_verdict(offline_capi.capi_city_text("value"))',
    "st": 'capi_state_verdict(offline_capi.capi_state_text("value"), "country")',
    "zp": 'capi_postal_code_verdict(offline_capi.capi_postal_code_text("value"), "country")',
    "country": 'capi_country_verdict(offline_capi.capi_country_text("value"))',
    "external_id": 'capi_external_id_verdict(offline_capi.capi_external_id_text("value"))',
    "madid": 'capi_madid_verdict(offline_capi.capi_madid_text("value"))',
    "lead_id": 'capi_lead_id_verdict(offline_capi.capi_lead_id_text("value"))',
    "currency": 'capi_currency_verdict(offline_capi.capi_currency_text("value"))',
}
Ask = Callable[[str, Sequence[tuple[str | None, str | None]]], list[str | None]]


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory, dbt, repository: Path) -> Iterator[Ask]:
    """Asks for the verdict on many (value, country) pairs: the normalised value, '! ' and a reason, or None."""
    project = tmp_path_factory.mktemp("probe")
    database = project / "probe.duckdb"
    columns = ",\n".join(f"{{{{ offline_capi.{macro} }}}} as {field}" for field, macro in VERDICTS.items())
    (project / "models").mkdir()
    (project / "models" / "answers.sql").write_text(f"select id, {columns} from main.probe as probe")
    (project / "dbt_project.yml").write_text('name: probe\nversion: "1.0.0"\nprofile: probe\n')
    (project / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    (project / "profiles.yml").write_text(
        (repository / "profiles.yml").read_text().replace("offline_capi:", "probe:", 1)
    )
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table probe (id integer, value varchar, country varchar)")
    dbt("deps", database=database, project=project)
    dbt("run", "--select", "+answers", database=database, project=project)
    connection = duckdb.connect(str(database))

    def ask(field: str, pairs: Sequence[tuple[str | None, str | None]]) -> list[str | None]:
        connection.execute("delete from probe")
        rows = json.dumps([[str(number), value, country] for number, (value, country) in enumerate(pairs)])
        connection.execute(
            "insert into probe select row[1], row[2], row[3] from (select unnest(from_json(?, '[[\"varchar\"]]')) as row)",
            [rows],
        )
        return [verdict for (verdict,) in connection.execute(f"select {field} from answers order by id").fetchall()]

    yield ask
    connection.close()

"""The package's macros as a user calls them from their own project, rendered by real dbt once and queried in batches."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

TODAY = "2026-11-24"
ARGUMENTS = {
    "email": '"value"',
    "phone": '"probe.value", "probe.country"',
    "first_name": '"value", "first_name"',
    "last_name": '"value", "last_name"',
    "gender": '"value"',
    "date_of_birth": f'"value", "date \'{TODAY}\'"',
    "city": '"value"',
    "state": '"value", "country"',
    "postal_code": '"value", "country"',
    "country": '"value"',
    "external_id": '"value"',
    "madid": '"value"',
    "lead_id": '"value"',
    "currency": '"value"',
}
FIELDS = {
    "em": "email",
    "ph": "phone",
    "fn": "first_name",
    "ln": "last_name",
    "ge": "gender",
    "db": "date_of_birth",
    "ct": "city",
    "st": "state",
    "zp": "postal_code",
    **{name: name for name in ("country", "external_id", "madid", "lead_id", "currency")},
}
MADID = "38400000-8cf0-11bd-b23e-10b96e40000d"
# What judges an order, by the same way: a model of the probe each.
JUDGED = {
    "amount": """select id, cast({{ offline_capi.capi_amount("value", "false", "cast(null as varchar)") }} as varchar) as amount from main.probe""",
    "clock": """select id, {{ offline_capi.capi_time_reading("value") }} as clock from main.probe""",
    "words": """select {{ offline_capi.capi_consent_word("word") }} as word, min(answer) as answer
        from {{ ref("offline_capi", "int_capi__consent_words") }} where question in ('any', 'marketing_consent') group by all""",
    "consent": """select id, answer as consent
        from (select id, {{ offline_capi.capi_consent_word("value") }} as word from main.probe) left join {{ ref("words") }} using (word)""",
}
Ask = Callable[[str, Sequence[tuple[str | None, str | None]]], list[str | None]]


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory, dbt, repository: Path) -> Iterator[Ask]:
    """Asks the macros about many (value, country) pairs; returns the normalised value, '! ' and a reason, or None."""
    project = tmp_path_factory.mktemp("probe")
    database = project / "probe.duckdb"
    columns = ",\n".join(
        f"coalesce({{{{ offline_capi.capi_normalise_{macro}({arguments}) }}}},"
        f" '! ' || {{{{ offline_capi.capi_{macro}_drop_reason({arguments}) }}}}) as {name}"
        for name, arguments in ARGUMENTS.items()
        for macro in ["name" if name.endswith("_name") else name]
    )
    (project / "models").mkdir()
    (project / "models" / "answers.sql").write_text(f"select id, {columns} from main.probe as probe")
    for name, query in JUDGED.items():
        (project / "models" / f"{name}.sql").write_text(query)
    (project / "dbt_project.yml").write_text('name: probe\nversion: "1.0.0"\nprofile: probe\n')
    (project / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    (project / "profiles.yml").write_text(
        (repository / "profiles.yml").read_text().replace("offline_capi:", "probe:", 1)
    )
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table probe (id integer, value varchar, country varchar)")
    dbt("deps", database=database, project=project)
    dbt("run", "--select", "+answers", *(f"+{name}" for name in JUDGED), database=database, project=project)
    connection = duckdb.connect(str(database))

    views = {name: "answers" for name in FIELDS} | {name: name for name in JUDGED}

    def ask(field: str, pairs: Sequence[tuple[str | None, str | None]]) -> list[str | None]:
        connection.execute("delete from probe")
        rows = json.dumps([[str(number), value, country] for number, (value, country) in enumerate(pairs)])
        connection.execute(
            "insert into probe select row[1], row[2], row[3] from (select unnest(from_json(?, '[[\"varchar\"]]')) as row)",
            [rows],
        )
        return [
            verdict
            for (verdict,) in connection.execute(
                f"select {FIELDS.get(field, field)} from {views[field]} order by id"
            ).fetchall()
        ]

    yield ask
    connection.close()


# The column of customers that each parameter comes from.
COLUMNS = {
    "em": "email",
    "ph": "phone",
    "fn": "first_name",
    "ln": "last_name",
    "ge": "gender",
    "db": "date_of_birth",
    "ct": "city",
    "st": "state",
    "zp": "postal_code",
    **{name: name for name in ("country", "external_id", "madid", "lead_id")},
}
Sent = Callable[[Sequence[tuple[str, str | None, str | None]]], list[str | None]]


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory, dbt, write_raw, query) -> Sent:
    """Builds events of customers who each have one (parameter, value, country), and returns what each event has for
    the parameter: what is sent, '! ' and the reason why it was dropped, or None."""

    def build(asked: Sequence[tuple[str, str | None, str | None]]) -> list[str | None]:
        database = tmp_path_factory.mktemp("sent") / "shop.duckdb"
        customers = [
            {"customer_id": f"C{number}", "country": place if field != "country" else value, COLUMNS[field]: value}
            for number, (field, value, place) in enumerate(asked)
        ]
        orders = [
            {
                "order_id": f"{number}",
                "customer_id": f"C{number}",
                "madid": MADID if asked[number][0] != "madid" else None,
            }
            | {"ordered_at": f"{TODAY}T10:00:00Z", "total": "1", "currency": "EUR"}
            for number in range(len(asked))
        ]
        write_raw(database, customers=customers, orders=orders)
        variables: dict[str, object] = {"capi_dataset_id": "1001", "capi_as_of": f"{TODAY}T12:00:00Z"}
        variables |= {"capi_use_order_items": False, "capi_use_stores": False}
        dbt("run", database=database, variables=variables)
        found = {
            int(row["order_id"]): json.loads(row["payload"])["user_data"]
            for row in query(database, "select order_id, payload from capi_events")
        }
        dropped = {
            (int(row["order_id"]), row["field"]): "! " + row["reason"]
            for row in query(database, "select order_id, field, reason from capi_dropped_values")
        }
        assert len(found) == len(asked)
        answers = []
        for number, (field, _, _) in enumerate(asked):
            value = found[number].get(field)
            answers.append(
                str(value[0] if isinstance(value, list) else value) if value else dropped.get((number, field))
            )
        return answers

    return build

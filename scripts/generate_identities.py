"""Write sender/events/identities.sql: the exact SQL with which the models normalise and hash identifiers, for `forget` to run.

Run it after a change to the models or macros for identifiers: `.venv/bin/python -m scripts.generate_identities`. A test fails if the
file is not what dbt makes of them. This compiles the model int_capi__contacts with the tables that it looks things up in; only the
persons it reads are replaced, see PERSONS.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
FILE = REPOSITORY / "sender/events/identities.sql"
MODEL, INPUT = "int_capi__contacts", "int_capi__placed_persons"
HEADER = """\
-- Written by scripts/generate_identities.py from the dbt models; do not edit.
-- Reads the table `given` (number, kind, value) and leaves the table `recognised` (number, forms, reason), a row for each
-- number: the forms of events/identities.py or, if there are none, the code of the reason, which is NULL if nothing was given.
"""

# What was typed takes the place of a shop's customers and receipts. Without a country, a national number belongs to nobody. 011 is North
# America's prefix for calls abroad, and an area code elsewhere: before more digits than any national number has, it is read as in
# a country that has no numbers of its own.
PERSONS = """\
insert into int_capi__phone_plans (country, exit_prefix) values ('abroad', '011');

create temporary table persons as
with
    countries as (select null::varchar as country union all select 'abroad')
select
    number || ':' || coalesce(countries.country, '') as person_key,
    false as is_receipt,
    null::varchar as country_outcome,
    countries.country as context_country,
    case when kind = 'email' then value end as email,
    case when kind = 'phone' then value end as phone,
    null::varchar as first_name,
    null::varchar as last_name,
    null::varchar as gender,
    null::varchar as date_of_birth,
    null::varchar as city,
    null::varchar as state,
    null::varchar as postal_code,
    null::varchar as country,
    -- A SHA-256 is taken for any kind, and it is here that the models take one.
    case when kind in ('external_id', 'madid', 'lead_id') then value end as external_id,
    case when kind = 'madid' then value end as madid,
    case when kind = 'lead_id' then value end as lead_id
from given
inner join countries
    on countries.country is null
    or (kind = 'phone' and length(regexp_replace(regexp_extract(value, '^[^\\p{L}#＃,;]*'), '\\P{Nd}', '', 'g')) > 12);
"""

# An external_id that looks like a hash may or may not have been read as one, depending on the shop's settings: both are recognised.
RECOGNISED = """\
create temporary table recognised as
with
    judged as (
        select
            number,
            kind,
            lower(value) as lower_value,
            person_key,
            case kind
                when 'email' then email_outcome
                when 'phone' then phone_outcome
                when 'external_id' then external_id_outcome
                when 'madid' then madid_outcome
                when 'lead_id' then lead_id_outcome
            end as outcome,
            -- No text holds its own hash: one that does is a hash, and was taken for one.
            case when contains(lower(value), external_id_outcome) then external_id_outcome end as hash_given
        from int_capi__contacts
        inner join given on split_part(person_key, ':', 1) = given.number::varchar
    ),
    answers as (
        select
            number,
            person_key,
            [
                case
                    when starts_with(outcome, '! ') then null
                    when kind in ('madid', 'lead_id') then sha256(outcome)
                    else outcome
                end,
                hash_given,
                case when kind = 'external_id' then sha256(regexp_extract(lower_value, hash_given || '[.a-z0-9_-]*')) end
            ] as forms,
            case when starts_with(outcome, '! ') and hash_given is null then substr(outcome, 3) end as reason
        from judged
    ),
    readings as (
        select
            number,
            person_key,
            list_filter(flatten(list(forms)), lambda form: form is not null) as forms,
            min(reason) as reason
        from answers
        group by number, person_key
    )
select
    number,
    list_sort(list_distinct(flatten(coalesce(list(forms) filter (reason is null), [])))) as forms,
    arg_min(reason, person_key) as reason
from readings
group by number;
"""


def manifest() -> dict[str, Any]:
    """dbt's manifest after it has compiled the models with default settings."""
    from dbt.cli.main import dbtRunner

    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "0"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OFFLINE_CAPI_DATABASE"] = f"{folder}/none.duckdb"
        command = ["--log-level", "none", "compile", "--no-introspect", "--no-populate-cache"]
        command += ["--select", MODEL, "path:models/intermediate/reference"]
        command += ["--project-dir", str(REPOSITORY), "--profiles-dir", str(REPOSITORY)]
        command += ["--target-path", folder, "--log-path", folder]
        result = dbtRunner().invoke(command)
        if not result.success:
            raise SystemExit(f"dbt cannot compile {MODEL}: {result.exception}")
        found: dict[str, Any] = json.loads((Path(folder) / "manifest.json").read_text())
        return found


def script(compiled: dict[str, Any]) -> str:
    """One `create table` for each model, in the order in which they read each other, with PERSONS before the last."""
    models = {node["name"]: node for node in compiled["nodes"].values() if node["resource_type"] == "model"}
    tables: dict[str, str] = {}

    def add(name: str) -> None:
        text = models[name]["compiled_code"].strip()
        for unique_id in models[name]["depends_on"]["nodes"]:
            read = models[unique_id.split(".")[-1]]
            text = text.replace(read["relation_name"], "persons" if read["name"] == INPUT else read["name"])
            if read["name"] not in (INPUT, *tables):
                add(read["name"])
        lines = "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
        tables[name] = f"create temporary table {name} as\n{lines};\n"

    add(MODEL)
    contacts = tables.pop(MODEL)
    return "\n".join([HEADER, *tables.values(), PERSONS, contacts, RECOGNISED])


if __name__ == "__main__":
    FILE.write_text(script(manifest()))
    sys.stdout.write(f"wrote {FILE.name}\n")

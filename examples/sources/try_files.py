"""Runs a recipe on a shop's own exported files, in a scratch DuckDB file, and shows what becomes of every order.

    make try DATA=orders_export.csv
    make try DATA="transactions.csv items.csv customers.csv" RECIPE=square
    make try DATA="orders=sales.csv customers=clients.csv" VARS='{capi_default_country: DE}'

Nothing is sent. Ends with 0 if the models were built, with 2 and one line if they could not be."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import yaml
from rich.console import Console

from examples.sources.load import NotReadable, header_of, load, load_empty
from examples.sources.show import show

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
DATABASE = HERE / "target" / "try.duckdb"
TABLES = ("orders", "order_items", "customers", "stores")
RECIPES = sorted(path.parent.name for path in HERE.glob("*/dbt_project.yml") if path.parent.name != "csv")
# Without a dataset every order would be rejected, and a trial does not need the shop's own.
INVENTED = {"capi_dataset_id": "100000000000000"}


class Mistake(Exception):
    """What the user has to change, in one line."""


def files_of(data: str) -> dict[Path, str | None]:
    """The files, each with the table named by `table=file`; a folder stands for the CSV files in it."""
    try:
        words = [data] if data and Path(data).expanduser().exists() else shlex.split(data)
    except ValueError:
        raise Mistake(f"DATA has an unclosed quote: {data}") from None
    if not words:
        raise Mistake("name the exported files: make try DATA=orders_export.csv")
    found: dict[Path, str | None] = {}
    for word in words:
        table, _, place = word.rpartition("=") if re.match(r"[a-z_]+=", word) else ("", "", word)
        path = Path(place).expanduser()
        if not path.exists():
            raise Mistake(f"there is no file {path}")
        inside = (
            sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".tsv", ".parquet"))
            if path.is_dir()
            else [path]
        )
        if not inside:
            raise Mistake(f"the folder {path} has no CSV or Parquet file")
        if table and path.is_dir():
            raise Mistake(f"{word} names a folder; name one file for a table")
        found |= {file: table or None for file in inside}
    return found


def recipe_tables(connection: duckdb.DuckDBPyConnection, recipe: str) -> dict[str, list[str]]:
    """The raw tables of a recipe with their columns, as in its fixture."""
    return {file.stem: header_of(connection, file) for file in sorted((HERE / recipe / "data").glob("*.csv"))}


def assign(headers: dict[Path, list[str]], tables: dict[str, list[str]]) -> dict[str, Path]:
    """Which file is which table of a recipe: the table that shares the most column names with it, at least half of them."""
    assigned: dict[str, Path] = {}
    for file, header in headers.items():
        names = {name.lower() for name in header}
        shares = {
            table: len(names & {name.lower() for name in columns}) / len(columns) for table, columns in tables.items()
        }
        table = max(shares, key=lambda name: shares[name])
        if shares[table] >= 0.5 and table not in assigned:
            assigned[table] = file
    return assigned


def pick(
    connection: duckdb.DuckDBPyConnection, headers: dict[Path, list[str]], wanted: str | None
) -> tuple[str | None, dict[str, Path]]:
    """The recipe that fits the files, and which file is which of its tables; no recipe for files in another format."""
    best: tuple[str | None, dict[str, Path]] = (None, {})
    for recipe in [wanted] if wanted else RECIPES:
        assigned = assign(headers, recipe_tables(connection, recipe))
        if len(assigned) > len(best[1]):
            best = (recipe, assigned)
    if wanted and not best[1]:
        needs = "; ".join(
            f"{table}: {', '.join(columns[:6])}, ..." for table, columns in recipe_tables(connection, wanted).items()
        )
        raise Mistake(f"no file has the columns of {wanted}. It reads {needs}")
    return best


def plain(files: dict[Path, str | None]) -> dict[str, Path]:
    """Which file is which of the package's own raw tables, if no recipe fits."""
    assigned: dict[str, Path] = {}
    for file, said in files.items():
        table = said or (file.stem.lower() if file.stem.lower() in TABLES else "orders" if len(files) == 1 else None)
        if table not in TABLES:
            example = " ".join(f"{name}={path}" for name, path in zip(TABLES, files, strict=False))
            raise Mistake(
                f"no recipe fits {file}, so name the table of each file, such as DATA='{example}'; the tables are {', '.join(TABLES)}"
            )
        if table in assigned:
            raise Mistake(f"{assigned[table]} and {file} are both {table}; name one file per table")
        assigned[table] = file
    if "orders" not in assigned:
        raise Mistake("none of the files is orders; name it, such as DATA='orders=sales.csv customers=clients.csv'")
    return assigned


def dbt(*words: str, project: Path, profiles: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "OFFLINE_CAPI_"))}
    environment |= {"OFFLINE_CAPI_DATABASE": str(DATABASE), "DBT_SEND_ANONYMOUS_USAGE_STATS": "0"}
    place = ["--project-dir", str(project), "--profiles-dir", str(profiles)]
    command = [str(Path(sys.executable).parent / "dbt"), "--no-use-colors", *words, *place]
    return subprocess.run(command, env=environment, cwd=HERE, capture_output=True, text=True)


def said_by_package(output: str) -> list[str]:
    """The package's own messages in dbt's output, each once, except that nothing was sent, which is obvious here."""
    lines = [line for line in re.findall(r"offline_capi: (.*)", output) if "capi_delivery shows" not in line]
    return list(dict.fromkeys(line.strip() for line in lines))


def variables_of(text: str) -> dict[str, Any]:
    """The dbt variables in YAML, as dbt's own --vars takes them."""
    try:
        variables = yaml.safe_load(text or "{}")
    except yaml.YAMLError as error:
        raise Mistake(f"VARS is not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(variables, dict):
        raise Mistake("VARS must be a mapping, such as VARS='{capi_default_country: DE}'")
    return variables


def run(data: str, wanted: str, text: str, console: Console) -> None:
    files, variables = files_of(data), variables_of(text)
    if wanted and wanted not in RECIPES:
        raise Mistake(f"there is no recipe {wanted}; the recipes are {', '.join(RECIPES)}")

    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    DATABASE.unlink(missing_ok=True)
    with duckdb.connect(str(DATABASE)) as connection:
        headers = {file: header_of(connection, file) for file in files}
        recipe, assigned = (None, {}) if any(files.values()) else pick(connection, headers, wanted)
        if recipe:
            for table, columns in recipe_tables(connection, recipe).items():
                if table not in assigned:
                    console.print(f"No file for {recipe}'s {table}: built without it.")
                    load_empty(connection, table, columns)
                elif missing := load(connection, table, assigned[table], columns):
                    console.print(f"{assigned[table].name} lacks {', '.join(missing)}.")
            ignored = [str(file) for file in files if file not in assigned.values()]
            if ignored:
                console.print(f"Not used: {', '.join(ignored)}.")
        else:
            assigned = plain(files)
            for table, file in assigned.items():
                load(connection, table, file)
            variables = {f"capi_use_{table}": False for table in TABLES[1:] if table not in assigned} | variables

    console.print(
        f"Recipe: {recipe or 'none, the files are read unchanged'}. Tables: "
        + ", ".join(f"{t} = {f}" for t, f in assigned.items())
    )
    project, profiles = (HERE / recipe, HERE) if recipe else (REPOSITORY, REPOSITORY)
    if recipe and not (HERE / "dbt_packages" / "offline_capi").exists():
        dbt("deps", project=project, profiles=profiles)
    finished = dbt(
        "run",
        "--vars",
        yaml.safe_dump(INVENTED | variables),
        "--target-path",
        str(HERE / "target" / "dbt"),
        project=project,
        profiles=profiles,
    )
    for line in said_by_package(finished.stdout):
        console.print(line, style="yellow" if finished.returncode == 0 else "red", markup=False)
    if finished.returncode != 0:
        if not said_by_package(finished.stdout):
            console.print(finished.stdout[-3000:], markup=False)
        raise Mistake("the models could not be built. Correct the errors above in VARS='{...}', and run it again")
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        show(connection, console)
    console.print(
        f"\nEverything is in {DATABASE}, including the personal data from the files. Delete it when you are done."
    )


def main() -> int:
    console = Console(highlight=False, soft_wrap=True)
    try:
        run(os.environ.get("DATA", ""), os.environ.get("RECIPE", ""), os.environ.get("VARS", ""), console)
    except (Mistake, NotReadable) as mistake:
        console.print(f"make try: {mistake}.", style="red", markup=False)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

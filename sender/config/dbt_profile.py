"""Find the DuckDB file and the schema as dbt would, but without dbt, which takes 3.5 s to import.

Project: the nearest parent folder with dbt_project.yml. Profiles: --profiles-dir, DBT_ENGINE_PROFILES_DIR, DBT_PROFILES_DIR,
the working folder if it has profiles.yml, ~/.dbt. Profile name: DBT_PROFILE, else the project's. Target: --target,
DBT_ENGINE_TARGET, DBT_TARGET, the profile's, else `default`. A relative path starts from the working folder, as in
dbt.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sender.config.settings import without_secrets
from sender.errors import ConfigError

HINT = "name the file with --database"


class Target(NamedTuple):
    """Where dbt builds: the DuckDB file, the schema, and where this was found."""

    database: Path
    schema: str
    found: str


def find_target(cwd: Path, environ: Mapping[str, str]) -> Target:
    """Where the dbt project around `cwd` builds."""
    project_dir = next((folder for folder in (cwd, *cwd.parents) if (folder / "dbt_project.yml").is_file()), None)
    if project_dir is None:
        raise ConfigError(f"no --database given and no dbt_project.yml in {cwd} or above; {HINT}")
    name = environ.get("DBT_PROFILE") or read_yaml(project_dir / "dbt_project.yml").get("profile")
    if not name or not isinstance(name, str):
        raise ConfigError(f"{project_dir / 'dbt_project.yml'} names no profile; {HINT}")
    path = profiles_path(cwd, environ)
    profile = read_yaml(path).get(name)
    if not isinstance(profile, dict):
        raise ConfigError(f"{path} has no profile {name!r}; {HINT}")
    render = renderer(environ, path)
    target = environ.get("DBT_ENGINE_TARGET") or environ.get("DBT_TARGET") or render(profile.get("target", "default"))
    outputs = profile.get("outputs")
    output = outputs.get(target) if isinstance(outputs, dict) else None
    if not isinstance(output, dict):
        raise ConfigError(f"{path}: profile {name!r} has no target {target!r}; {HINT}")
    if render(output.get("type")) != "duckdb":
        raise ConfigError(
            f"{path}: target {target!r} is of type {output.get('type')}, not duckdb; {HINT}, or --events for Parquet"
        )
    database = render(output.get("path", ":memory:"))
    if database.startswith((":memory:", "md:", "motherduck:")) or "://" in database or "?" in database:
        shown = without_secrets(database)
        raise ConfigError(f"{path}: target {target!r} is at {shown}, which is not a file on this machine; {HINT}")
    schema = render(output.get("schema", "main"))
    return Target(cwd / at_home(database), schema, f"profile {name}, target {target} in {path}")


def profiles_path(cwd: Path, environ: Mapping[str, str]) -> Path:
    folder = environ.get("DBT_ENGINE_PROFILES_DIR") or environ.get("DBT_PROFILES_DIR")
    if folder:
        return cwd / at_home(folder) / "profiles.yml"
    if (cwd / "profiles.yml").is_file():
        return cwd / "profiles.yml"
    return at_home(environ.get("HOME", "~")) / ".dbt" / "profiles.yml"


def at_home(path: str) -> Path:
    """A path that may begin with ~."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise ConfigError(f"there is no home folder for {without_secrets(path)}; write the full path") from None


def read_yaml(path: Path) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {path} ({error.strerror}); {HINT}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # an impossible date is a ValueError
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise ConfigError(f"{path}{where} is not valid YAML; correct it, or {HINT}") from None
    if not isinstance(content, dict):
        raise ConfigError(f"{path} is not a mapping; correct it, or {HINT}")
    return content


def renderer(environ: Mapping[str, str], path: Path) -> Any:
    """The Jinja that profiles use: env_var and the as_* filters. A template can reach nothing else."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    def env_var(name: str, default: str | None = None) -> str:
        value = environ.get(name, default)
        if value is None:
            raise ConfigError(f"{path} uses the environment variable {name}, which is not set; set it, or {HINT}")
        return value

    sandbox = SandboxedEnvironment(undefined=StrictUndefined)
    sandbox.globals = {"env_var": env_var}
    for name in ("as_number", "as_bool", "as_native", "as_text"):
        sandbox.filters[name] = lambda value: value

    def render(value: object) -> str:
        try:
            return sandbox.from_string(str(value)).render()
        except ConfigError:
            raise
        except (
            Exception
        ) as error:  # whatever an expression may raise; its text may hold what a variable of the environment holds
            what = error if isinstance(error, TemplateError) else type(error).__name__
            raise ConfigError(f"{path} cannot be rendered ({what}); {HINT}") from None

    return render


def current(target: str | None, profiles_dir: str | None) -> Target:
    """Where dbt would build if started here with these options."""
    given = {"DBT_ENGINE_TARGET": target, "DBT_ENGINE_PROFILES_DIR": profiles_dir}
    return find_target(Path.cwd(), {**os.environ, **{name: value for name, value in given.items() if value}})


def sought(target: str | None, profiles_dir: str | None, needed: bool) -> Target | None:
    """The same, or None if there is none and none is needed."""
    try:
        return current(target, profiles_dir)
    except ConfigError:
        if needed:
            raise
        return None

"""capi_split_name gives the two parts of a name in one column, and nothing if it is not known which word is which."""

import textwrap

import pytest

# name -> (first, last) if the given name comes first, and if it comes last
NAMES: dict[str, tuple[tuple[str | None, str | None], tuple[str | None, str | None]]] = {
    "Ann Lee": (("Ann", "Lee"), ("Lee", "Ann")),
    "  Zoë   Brontë ": (("Zoë", "Brontë"), ("Brontë", "Zoë")),
    "Lee, Ann": (("Ann", "Lee"), ("Ann", "Lee")),
    "O'Brien, Mary Kate": (("Mary", "O'Brien"), ("Mary", "O'Brien")),
    "Dr. Anna Maria Schmidt": (("Anna", "Schmidt"), ("Schmidt", "Anna Maria")),
    "Maria de la Cruz": (("Maria", "de la Cruz"), ("Cruz", "Maria de la")),
    "Juan Carlos del Río Pérez": (("Juan", "del Río Pérez"), ("Pérez", "Juan Carlos del Río")),
    "Delphine Vandamme": (("Delphine", "Vandamme"), ("Vandamme", "Delphine")),
    "John Smith Jr.": (("John", "Smith"), ("Smith", "John")),
    "Herr Jörg Müller": (("Jörg", "Müller"), ("Müller", "Jörg")),
    "山田 太郎": (("山田", "太郎"), ("太郎", "山田")),
    "Cher": ((None, None), (None, None)),
    "山田太郎": ((None, None), (None, None)),
    "Ann & Bob Lee": ((None, None), (None, None)),
    "Ann und Bob Lee": ((None, None), (None, None)),
    "Acme,": ((None, None), (None, None)),
    "n/a": ((None, None), (None, None)),
    "": ((None, None), (None, None)),
}


@pytest.fixture(scope="module")
def split(tmp_path_factory, dbt, query, repository):
    """Every name as a shop's own model splits it: by the setting, and by an argument that overrides it."""
    folder = tmp_path_factory.mktemp("names")
    names = ", ".join("'" + name.replace("'", "''") + "'" for name in NAMES)
    (folder / "models").mkdir()
    (folder / "models" / "names.sql").write_text(
        textwrap.dedent(f"""
            select
                name,
                {{{{ offline_capi.capi_split_name("name", "first", given_name="first") }}}} as first_first,
                {{{{ offline_capi.capi_split_name("name", "last", given_name="first") }}}} as first_last,
                {{{{ offline_capi.capi_split_name("name", "first") }}}} as last_first,
                {{{{ offline_capi.capi_split_name("name", "last") }}}} as last_last
            from (select unnest([{names}]) as name)
        """)
    )
    (folder / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    (folder / "dbt_packages").mkdir()
    (folder / "dbt_packages" / "offline_capi").symlink_to(repository)
    (folder / "profiles.yml").write_text((repository / "profiles.yml").read_text().replace("offline_capi:", "mine:", 1))
    (folder / "dbt_project.yml").write_text(
        "{name: mine, version: 1.0.0, profile: mine, vars: {capi_given_name: last}}"
    )
    database = folder / "names.duckdb"
    dbt("run", "-s", "names", database=database, project=folder)
    return {row["name"]: row for row in query(database, "from names")}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_split_where_it_is_known_which_word_is_which(split, name):
    row = split[name]
    found = ((row["first_first"], row["first_last"]), (row["last_first"], row["last_last"]))

    assert found == NAMES[name]

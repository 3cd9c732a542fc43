"""Whatever a user sets, in an option, the environment or a profile, is accepted, or refused in one line."""

import re
from collections.abc import Callable
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sender.cli.main import main
from sender.config import settings as checks
from sender.config.dbt_profile import find_target
from sender.config.tokens import Tokens
from sender.errors import ConfigError, SenderError

pytestmark = pytest.mark.pure

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)  # as in arguments and variables
HOSTS = st.sampled_from(
    ["graph.facebook.com", "localhost", "127.0.0.1", "[::1]", "169.254.169.254", "evil.example", "facebook.com.evil.example",
     "evilfacebook.com", "localhost.evil.example", "127.0.0.1.evil.example", "graph.facebook.com\u3002evil.example", "ｌｏｃａｌｈｏｓｔ", "0x7f000001"]
)  # fmt: skip
URLS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["https://", "http://", "HTTPS://", "ftp://", "//", "", "https:/", "https:///", "https://\t"]),
    st.sampled_from(["", "user@", "user:pass@", "graph.facebook.com@", "graph.facebook.com%40", "\\"]),
    HOSTS | TEXT,
    st.sampled_from(["", ":443", ":80", ":0", ":99999", ":x", ":", "::"]),
    st.sampled_from(["", "/", "/v26.0", "?x", "#x", "\\@evil.example", "\n", " "]),
)


def refusal(check: Callable[[], Any]) -> str | None:
    """The line with which it refuses; None if it accepts the input."""
    try:
        check()
    except SenderError as error:
        return str(error)
    return None


def stays_here(host: str) -> bool:
    """Whether it names this machine and no other, by another way than the code's."""
    return host in ("localhost", "[::1]", "::1") or bool(re.fullmatch(r"127(\.\d{1,3}){3}", host))


@given(URLS | TEXT)
@example("https://graph.facebook.com%40[::1]")
@example("https://evilfacebook.com")
@example("https://localhost.evil.example")
@example("http://localhost.evil.example:8000")
@example("http://127.0.0.1.evil.example")
def test_whatever_address_is_given_the_token_goes_to_meta_or_stays_here(url):
    try:
        taken = checks.graph_url(url)
    except ConfigError:
        return
    import httpx

    host = httpx.URL(f"{taken}/v26.0/1/events").host  # what is connected to decides, not what we parse
    assert host == "facebook.com" or host.endswith(".facebook.com") or stays_here(host)
    assert httpx.URL(taken).scheme == "https" or stays_here(host)


@given(TEXT, TEXT)
def test_whatever_else_is_given_is_taken_or_refused(text, other):
    for check in (checks.api_version, checks.dataset_id, checks.database_path):
        assert refusal(partial(check, text)) != ""
    assert refusal(lambda: checks.ledger_path(text, Path(other).absolute())) != ""


@given(
    st.dictionaries(
        st.sampled_from(["META_ACCESS_TOKEN", "META_APP_SECRET", "META_ACCESS_TOKEN_1"]),
        st.text(min_size=8, max_size=30),
    )
)
def test_whatever_the_token_is_it_is_taken_or_refused_and_never_shown(environ):
    said = refusal(lambda: Tokens(environ))
    said = said or repr(Tokens(environ)) + repr(Tokens(environ).get("1"))
    assert not any(value[:6] in said for value in environ.values() if value.strip())  # nor its beginning


TEMPLATES = st.sampled_from(
    ["{{ env_var('X') }}", "{{ env_var('NONE', 'x.duckdb') }}", "{{ 1/0 }}", "{{ x.y }}", "{% for i in range(9) %}{{ i }}{% endfor %}", "{{",
     "{{ ''.__class__.__mro__ }}", "{{ env_var }}", "{{ env_var(1) }}", "{{ env_var('X') | as_number }}", "{% include 'x' %}", "{{ [] | first }}", "~nobody-here/x", "2026-99-99"]
)  # fmt: skip
YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | TEMPLATES | st.sampled_from(["duckdb", "shop.duckdb", "dev"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["outputs", "target", "type", "path", "schema", "dev", "profile"]) | TEXT, inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
OUTPUT = st.fixed_dictionaries({}, optional={"type": YAML | st.just("duckdb"), "path": YAML, "schema": YAML})
PROFILES = st.one_of(
    st.builds(lambda output, target: {"shop": {"target": target, "outputs": {"dev": output}}}, OUTPUT, st.just("dev") | YAML),
    st.builds(lambda profile: {"shop": profile}, YAML),
    YAML,
)  # fmt: skip


@given(PROFILES.map(lambda tree: yaml.safe_dump(tree).encode()) | st.binary(max_size=60), st.booleans())
@example(b"[" * 5000, True)
@example(b"shop: 2026-99-99", True)
@example(b"profile: [shop]", False)
@example(b"shop: {outputs: {default: {type: duckdb, path: ~nobody-here/x}}}", True)
@example(b'shop: {outputs: {default: {type: duckdb, path: "a\\0b"}}}', True)
def test_whatever_the_profile_says_it_is_read_or_refused(tmp_path_factory, profile, names_it):
    folder = tmp_path_factory.getbasetemp() / "profiles"
    folder.mkdir(exist_ok=True)
    (folder / "dbt_project.yml").write_bytes(b"profile: shop" if names_it else profile)
    (folder / "profiles.yml").write_bytes(profile)
    assert refusal(lambda: find_target(folder, {"X": "x.duckdb", "HOME": str(folder)})) != ""


OPTIONS = (
    *("--database", "--relation", "--events", "--ledger", "--graph-url", "--api-version", "--target", "--profiles-dir", "--limit"),
    *("--workers", "--deadline", "--max-wait", "--key", "--order", "--because", "--email", "--phone", "--from", "--reason", "--output", "--customer"),
)  # fmt: skip
COMMANDS = ("send", "status", "check", "resolve", "forget", "prune", "explain", "report", "quality", "init", "nothing")


@given(
    st.sampled_from(COMMANDS),
    st.lists(
        st.tuples(st.sampled_from(OPTIONS), TEXT | st.sampled_from([".", "/", "shop.duckdb", "nan", "-1", "*"])),
        max_size=3,
    ),
    st.lists(
        st.sampled_from(["--json", "--dry-run", "--adopt", "--all", "--give-up", "--strict", "--", "-", "1"]),
        max_size=2,
    ),
)
def test_whatever_the_command_line_is_it_ends_with_a_sentence(tmp_path_factory, command, options, flags):
    folder = tmp_path_factory.getbasetemp() / "commands"
    folder.mkdir(exist_ok=True)
    arguments = [command, *(text for pair in options for text in pair), *flags]
    out, err = StringIO(), StringIO()
    with ExitStack() as stack:
        stack.enter_context(chdir(folder))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        stopped = stack.enter_context(pytest.raises(SystemExit))
        main(arguments)
    assert stopped.value.code in (0, 1, 2), (arguments, err.getvalue())
    assert stopped.value.code == 0 or err.getvalue() or out.getvalue()
    assert "Traceback" not in err.getvalue()

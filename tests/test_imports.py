"""The sender's packages import downwards only, and only the ledger package speaks SQL to the ledger."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

SENDER = Path(__file__).resolve().parent.parent / "sender"
# Each package, and what it may import beside itself. The emulator is separate from the sender.
GROUND = {"errors", "clock", "files", "duck", "money", "terminal"}
BELOW = {
    **{"errors": set(), "clock": set(), "files": set(), "duck": set(), "money": set(), "terminal": set()},
    "config": GROUND,
    "meta": GROUND | {"config"},
    "events": GROUND | {"config"},
    "ledger": GROUND | {"config", "meta", "events"},
    "delivery": GROUND | {"config", "meta", "events", "ledger"},
    "seeing": GROUND | {"config", "meta", "events", "ledger"},
    "commands": GROUND | {"config", "meta", "events", "ledger", "delivery", "seeing"},
    "cli": GROUND | {"config", "meta", "events", "ledger", "delivery", "seeing", "commands"},
    "emulator": GROUND | {"config", "meta", "events"},
    "__main__": {"cli"},
}


def modules() -> Iterator[tuple[str, str, Path]]:
    """(package, module, file)"""
    for path in SENDER.rglob("*.py"):
        parts = path.relative_to(SENDER).with_suffix("").parts
        yield parts[0], ".".join(("sender", *parts)).removesuffix(".__init__"), path


def imported(path: Path, package: str) -> Iterator[str]:
    """The sender modules that a file imports, including inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("sender."))
        elif isinstance(node, ast.ImportFrom):
            source = f"{package.rsplit('.', node.level)[0]}.{node.module}" if node.level else str(node.module)
            if source.split(".")[0] == "sender":
                yield from (f"{source}.{name.name}" for name in node.names)


def test_each_room_imports_only_what_lies_below_it():
    for room, module, path in modules():
        if room != "__init__":
            others = {name.split(".")[1] for name in imported(path, module)} - {room}
            assert others <= BELOW[room], f"{module} imports {others - BELOW[room]}"


def test_no_module_imports_itself_in_a_circle():
    known = {module for _, module, _ in modules()}
    arrows = {
        module: {name if name in known else name.rsplit(".", 1)[0] for name in imported(path, module)} - {module}
        for _, module, path in modules()
    }
    while leaves := {module for module, others in arrows.items() if not others & arrows.keys()}:
        arrows = {module: others for module, others in arrows.items() if module not in leaves}
    assert not arrows


def test_only_the_ledger_speaks_sql_to_the_ledger():
    for room, module, path in modules():
        if room not in ("ledger", "emulator"):
            text = path.read_text()
            assert not re.search(r"\bsqlite3\b|\.db\b|\.transaction\(\) as", text), module


def test_states_are_written_as_states():
    """No state is written as text in the code: a mistyped name is found, and so is each use of one."""
    states = {"open", "sending", "accepted", "rejected", "expired", "held", "withheld", "split"}
    for room, module, path in modules():
        if room in ("ledger", "delivery", "commands", "events") and path.stem not in ("states", "schema"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Compare):
                    texts = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
                    assert not texts & states, f"{module}, line {node.lineno}"

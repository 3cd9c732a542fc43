"""What is known about an order. Reads the warehouse and the ledger, changes neither, and never waits for a send."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sender.config.settings import Settings
from sender.ledger import history
from sender.ledger.ledger import state_beside
from sender.seeing import order
from sender.seeing.order import PERSONAL
from sender.seeing.search import Wanted
from sender.seeing.warehouse import warehouse


def explain(settings: Settings, wanted: Wanted, show: bool, now: float, say: Callable[[str], None]) -> dict[str, Any]:
    """The facts of seeing/order.py. A filled value that identifies a person is True or, with `show`, its first letters."""
    with (
        history.look(settings.ledger) as ledger,
        TemporaryDirectory() as folder,
        warehouse(settings.table, state_beside(settings.ledger), Path(folder), say) as around,
    ):
        facts = order.explain(around, ledger, order.trusted_run(ledger), wanted, now)
    for case in facts["cases"]:
        case["rows"] = [masked(row, show) for row in case["rows"]]
        case["customer"] = [masked(row, show) for row in case["customer"]]
    return facts


def masked(row: dict[str, Any], show: bool) -> dict[str, Any]:
    return {name: hidden(value, show) if name in PERSONAL else value for name, value in row.items()}


def hidden(value: str | None, show: bool) -> str | bool | None:
    if value is None or not value.strip():
        return value
    return f"{value[:2]}…" if show and len(value) > 4 else True

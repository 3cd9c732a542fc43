"""The report: sums over the warehouse and the ledger on one page. Changes neither, and may run while a send runs."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sender.config.settings import Settings
from sender.errors import ConfigError
from sender.ledger import history
from sender.ledger.ledger import state_beside
from sender.ledger.publication import current
from sender.seeing import page, shop
from sender.seeing.warehouse import warehouse


def gather(settings: Settings, now: float, say: Callable[[str], None]) -> dict[str, Any]:
    """The facts of seeing/shop.py."""
    with (
        history.look(settings.ledger) as ledger,
        TemporaryDirectory() as folder,
        warehouse(settings.table, state_beside(settings.ledger), Path(folder), say) as around,
    ):
        return shop.gather(around, ledger, current(ledger, now, Path(folder), dry_run=True), now)


def write(settings: Settings, facts: dict[str, Any], output: Path) -> int:
    """Write the whole page or nothing. Returns its size in bytes."""
    named = {
        "table": f"{settings.table.name} in {settings.table.database.name}"
        if settings.table.database
        else settings.table.name,
        "ledger": settings.ledger.name,
        "version": version("offline-capi"),
    }
    text = page.render(facts, named)
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(output)
    except OSError as error:
        raise ConfigError(
            f"--output {output} cannot be written ({error.strerror}); name a file in a folder that exists"
        ) from None
    return len(text.encode())

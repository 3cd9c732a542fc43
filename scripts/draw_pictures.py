"""Draws README's pictures from the example shop as `make demo` leaves it: what a terminal shows, and a raw row beside its payload.

    make demo && python -m scripts.draw_pictures

Each is an SVG of the exact text that the commands print, without network or script. docs/images/report.png is a screenshot of
`offline-capi report` in a browser, 1,000 points wide.
"""

import json
import os
import pty
import re
import subprocess
from io import StringIO
from pathlib import Path

import duckdb
from rich.columns import Columns
from rich.console import Console
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

REPOSITORY = Path(__file__).resolve().parents[1]
SHOP = REPOSITORY / "examples" / "shop"
IMAGES = REPOSITORY / "docs" / "images"
COMMAND = REPOSITORY / ".venv" / "bin" / "offline-capi"
NOT_SENT, SENT = "R000288", "R000210"


def printed(*arguments: str) -> Text:
    """What the command prints on a terminal, with colours."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm-256color"}
    environment.pop("OFFLINE_CAPI_LEDGER", None)
    running = subprocess.Popen([COMMAND, *arguments], cwd=SHOP, env=environment, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    found = b""
    try:
        while chunk := os.read(ours, 65536):
            found += chunk
    except OSError:  # Linux raises this when the other side is closed
        pass
    running.communicate()
    return Text.from_ansi(found.decode().replace("\r\n", "\n").rstrip("\n"))


def recorder(width: int) -> Console:
    return Console(record=True, width=width, file=StringIO(), force_terminal=True)


def save(console: Console, name: str, title: str) -> None:
    svg = console.export_svg(title=title)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # these would be loaded from elsewhere
    (IMAGES / name).write_text(re.sub(r"[ \t]+\n", "\n", svg))


def terminal() -> None:
    console = recorder(120)
    for arguments in (["status"], ["explain", NOT_SENT]):
        console.print(Text(f"$ offline-capi {' '.join(arguments)}", style="bold green"))
        console.print(printed(*arguments))
    save(console, "terminal.svg", "examples/shop, after make demo")


def row_and_payload() -> None:
    with duckdb.connect(str(SHOP / "target" / "shop.duckdb"), read_only=True) as connection:

        def rows(sql: str) -> list[dict[str, object]]:
            cursor = connection.execute(sql, [SENT])
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

        raw = {
            table: rows(
                f"select * from raw.{table} where {column} in (select {column} from raw.orders where order_id = ?)"
            )
            for table, column in (
                ("orders", "order_id"),
                ("order_items", "order_id"),
                ("customers", "customer_id"),
                ("stores", "store_id"),
            )
        }
        payload = rows("select payload from capi_events where order_id = ?")[0]["payload"]
    till = Table(box=None, show_header=False, padding=(0, 1))
    for table, found in raw.items():
        for row in found:
            till.add_row(Text(f"raw.{table}", style="bold"), "")
            for column, value in row.items():
                if value is not None:
                    till.add_row(f"  {column}", str(value))
    text = json.dumps(json.loads(str(payload)), indent=2, ensure_ascii=False)
    text = re.sub(r"([0-9a-f]{12})[0-9a-f]{52}", r"\1…", text)
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda found: f"[{found[1]}]", text)
    sent = Syntax(text, "json", background_color="default", word_wrap=True)
    console = recorder(132)
    console.print(
        Columns(
            [
                Panel(till, title="as the till wrote it", width=62),
                Panel(sent, title="as Meta gets it (hashes cut)", width=68),
            ]
        )
    )
    save(console, "row_and_payload.svg", "a raw row, and its payload")


if __name__ == "__main__":
    terminal()
    row_and_payload()

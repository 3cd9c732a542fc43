"""The report as a file, and as people see it."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from sender.seeing.page import render
from sender.seeing.shop import KEYS, PLACES
from tests.browser import needs_browser
from tests.seeing.conftest import NASTY

# The lowest contrast of any text with its background, by WCAG 2; large text may have less.
CONTRAST = """
const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
const parse = text => { const found = text.match(/[\\d.]+/g).map(Number); return { rgb: found.slice(0, 3), alpha: found[3] ?? 1 }; };
const behind = node => {
  const layers = [];
  for (let at = node; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c.alpha) layers.push(c); if (c.alpha === 1) break; }
  return layers.reverse().reduce((below, c) => c.rgb.map((v, i) => v * c.alpha + below[i] * (1 - c.alpha)), [255, 255, 255]);
};
let worst = [99, ""];
for (const node of document.querySelectorAll("body *")) {
  const own = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
  if (!own || !node.getClientRects().length) continue;
  const style = getComputedStyle(node), a = light(parse(style.color).rgb), b = light(behind(node));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), large = parseFloat(style.fontSize) >= 24;
  if (ratio / (large ? 3 : 4.5) < worst[0]) worst = [ratio / (large ? 3 : 4.5), node.outerHTML.slice(0, 120)];
}
return worst;
"""

TOO_WIDE = """
const edge = document.documentElement.clientWidth, inside = node => !node.parentElement.closest('.scroll') || matchMedia('print').matches;
return [...document.querySelectorAll('body *')].filter(inside).filter(node => node.checkVisibility() && node.getBoundingClientRect().right > edge + 1).map(node => node.outerHTML.slice(0, 90));
"""


class Tags(HTMLParser):
    """The tags of a page with their attributes; checks that every tag is closed."""

    VOID = frozenset(("meta", "link", "br", "line", "rect"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def path(week, tmp_path_factory):
    output = tmp_path_factory.mktemp("report") / "report.html"
    result = week.run("report", "--output", str(output))
    assert (result.code, result.err) == (0, "")
    return output


@pytest.fixture(scope="module")
def text(path):
    return path.read_text()


def test_the_file_needs_no_network_and_runs_nothing(text):
    tags = Tags(text).found
    assert not {tag for tag, _ in tags} & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "audio",
        "video",
    }
    links = [
        value
        for _, attributes in tags
        for name, value in attributes.items()
        if name in ("href", "src", "action", "xlink:href")
    ]
    assert all(re.match(r"#\w+$|data:,$", str(link)) for link in links)
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = [a["content"] for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")


def test_what_the_data_say_is_text_and_nothing_else(text):
    assert NASTY not in text
    assert text.count("&lt;script&gt;document.title=") >= 2


def test_it_holds_no_order_no_person_and_no_key(text, week):
    for row in week.orders:
        assert f">{row['order_id']}<" not in text
        assert str(row["email"]) not in text
    assert not re.search(r"[0-9a-f]{64}", text)


def test_every_section_of_the_menu_is_there_and_every_picture_has_words(text):
    tags = Tags(text).found
    sections = {attributes["id"] for tag, attributes in tags if tag == "section"}
    assert {str(a["href"]).removeprefix("#") for tag, a in tags if tag == "a"} == sections
    assert all(a.get("aria-label") for tag, a in tags if a.get("role") in ("img", "region") or tag in ("svg", "nav"))
    assert text.count("<rect") == text.count("<title>") - 1  # the page has a title too


def test_it_says_what_to_do_now(text):
    for sentence in (
        "2 sales are held until a person decides (worth 15.00 EUR): mismatch.",
        "Meta refused 1 sale (worth 6.60 EUR): not_enough_customer_data.",
    ):
        assert sentence in text.replace("&#39;", "'")
    assert "Fill currency" not in text.partition('id="funnel"')[0]  # only the largest three that can be fixed


def many(stores: int, days: int) -> dict[str, Any]:
    """The facts of a shop with many stores over many days, as large as they get."""
    now, last = 1_795_000_000, datetime.fromtimestamp(1_795_000_000, UTC).date()
    values = {currency: Decimal("1234567.89") for currency in ("EUR", "GBP", "USD", "CHF")}
    kinds = ("delivered", "waiting", "held", "refused", "fixable", "settled")
    every = [last - timedelta(days=n) for n in range(days)]
    shares = dict.fromkeys((*KEYS, "strong"), 0.5) | {"events": 10}
    return {
        "now": now, "built_at": now - 60, "sends": [], "drifted": 3, "send_days": 14, "expiring": [], "decisions": [],
        "totals": {place: {c: {"orders": 9, "value": v} for c, v in values.items()} for place in PLACES},
        "before": {place: {} for place in PLACES},
        "kinds": [{"kind": kind, "orders": 9, "values": values} for kind in kinds],
        "reasons": [
            {"kind": kinds[n % 6], "place": PLACES[n % 7], "reason": f"reason_{n}", "remedy": "Do it. " * 20, "orders": n, "values": values}
            for n in range(60)
        ],
        "days": [{"day": day, "kind": kind, "currency": c, "orders": 9, "value": v} for day in every for kind in kinds for c, v in values.items()],
        "stores": [
            {"store_id": f"store {n}", "strong": 0.5, "delay": 99, "main_reason": "x", "kinds": {kind: {"orders": 9, "values": values} for kind in kinds}}
            for n in range(stores)
        ],
        "match_keys": {"by_store": [{"store_id": f"store {n}"} | shares for n in range(stores)], "by_country": [], "all": [shares]},
        "freshness": [{"day": day, "delivered": 9, "hour": 3, "day_one": 5, "three_days": 7} for day in sorted(every)],
        "requests": [
            {"day": day.isoformat(), "requests": 9, "events": 9, "accepted": 9, "retried": 0, "throttled": 0, "split": 0, "stopped": 0}
            for day in every
        ],
        "answer_times": [(0.3, 100)], "failures": [], "failures_by_reason": [], "withdrawn": [], "differing": [], "mapping": None, "meta_says": None,
    }  # fmt: skip


def test_it_stays_below_a_megabyte_however_large_the_shop_is():
    text = render(many(stores=5000, days=64), {"table": "t", "ledger": "l", "version": "0"})
    assert len(text.encode()) < 1_000_000
    assert "4,940 stores with fewer orders" in text


def test_a_shop_without_anything_has_a_page_too():
    nothing = many(0, 0) | {
        "totals": {place: {} for place in PLACES},
        "kinds": [],
        "reasons": [],
        "requests": [],
        "answer_times": [],
    }
    nothing["match_keys"] = {"by_store": [], "by_country": [], "all": []}
    text = render(nothing, {"table": "t", "ledger": "l", "version": "0"})
    for words in (
        "no orders from the last 62 days yet",
        "Nothing has been sent yet.",
        "No request has been sent yet.",
        "Nothing has been delivered yet.",
    ):
        assert words in text


@needs_browser
def test_a_browser_shows_it_without_a_complaint_a_request_or_a_script_of_the_data(browser, path):
    browser.visit(path.as_uri())
    page = browser.wait_for("What to do now")
    assert NASTY in page
    assert browser.run("return document.title").startswith("Store sales at Meta")
    assert browser.complaints() == []
    assert browser.run("return performance.getEntriesByType('resource').length") == 0


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_can_be_read_in_the_light_and_in_the_dark_on_a_phone_and_on_a_desk(browser, path, width, scheme):
    browser.look(width, scheme)
    browser.visit(path.as_uri())
    assert browser.run(TOO_WIDE) == []
    browser.run("document.querySelectorAll('details').forEach(box => box.open = true)")
    ratio, where = browser.run(CONTRAST)
    assert ratio >= 1, where


@needs_browser
def test_it_prints_with_everything_on_the_paper(browser, path):
    browser.look(800, medium="print")
    browser.visit(path.as_uri())
    assert browser.run(TOO_WIDE) == []
    cut = "return [...document.querySelectorAll('.scroll')].filter(box => getComputedStyle(box).overflowX !== 'visible').length"
    assert browser.run(cut) == 0


@needs_browser
def test_the_keyboard_reaches_the_menu_the_tables_and_what_is_folded(browser, path):
    browser.look(1280)
    browser.visit(path.as_uri())
    reached = browser.run(
        "return [...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].map(node => node.tagName)"
    )
    assert {"A", "SUMMARY", "DIV"} <= set(reached)
    assert browser.run("return [...document.querySelectorAll('.scroll')].every(box => box.tabIndex === 0)")


def test_an_output_that_cannot_be_written_is_said_in_a_line_and_leaves_nothing(week, tmp_path):
    result = week.run("report", "--output", str(tmp_path / "nowhere" / "report.html"))
    assert (result.code, len(result.err.splitlines())) == (2, 1)
    assert "--output" in result.err
    assert list(tmp_path.iterdir()) == []


def test_days_without_sales_are_shown_as_such():
    facts = many(1, 1)
    first, second = date(2026, 11, 10), date(2026, 11, 13)
    facts["days"] = [
        {"day": day, "kind": "delivered", "currency": "EUR", "orders": 1, "value": Decimal(1)}
        for day in (first, second)
    ]
    text = render(facts, {"table": "t", "ledger": "l", "version": "0"})
    titles = re.findall(r"<title>(2026-11-1\d): 1 orders", text)
    assert titles == ["2026-11-10", "2026-11-13"]
    assert "12 Nov" in text

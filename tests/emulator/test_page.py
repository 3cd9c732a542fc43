"""The page as people see it, in headless Chromium."""

import json
import subprocess
import time

from tests.browser import needs_browser

pytestmark = needs_browser

ORDERS = 60
TEXTS = (
    "return Object.fromEntries([...document.querySelectorAll('#numbers b')].map(node => [node.id, node.textContent]))"
)


def test_a_person_sees_what_arrived_and_what_was_refused_and_why(browser, endpoint, sale):
    endpoint.post([sale(custom_data={"value": 12.5, "currency": "EUR", "order_id": "<b>R&1</b>"})])
    endpoint.post([sale(), sale(user_data={})])
    endpoint.call("/v26.0/1001/events", b"{")
    browser.visit(endpoint.address)

    page = browser.wait_for("<b>R&1</b>")
    assert "Customer parameters are missing or too broad" in page
    assert "malformed_body\tthe body is not valid JSON\t1" in page
    assert '"event_time"' not in page
    browser.run("document.querySelectorAll('details').forEach(box => box.open = true)")
    unfolded = browser.wait_for('"event_time"')
    assert "event 2 of 2 in the last request" in unfolded
    assert '"error_subcode": 2804050' in unfolded


def test_the_page_shows_the_rules_and_how_each_is_known(browser, endpoint):
    browser.visit(endpoint.address)
    browser.run("document.querySelectorAll('details').forEach(box => box.open = true)")

    page = browser.wait_for("store_event_over_seven_days")
    assert page.count("assumed\t") >= 5
    assert "100/2804050" in page


def test_counts_grow_on_the_page_while_a_real_send_runs(browser, start, shop, command, tmp_path):
    slow = tmp_path / "faults.json"
    slow.write_text('[{"status": 200, "stores": true, "delay": 0.4, "rate": 1}]')
    run = {"cwd": tmp_path, "env": shop(ORDERS, 33)}
    with start("--strict", "--faults", str(slow)) as endpoint:
        browser.visit(endpoint.address)
        browser.run("window.neverReloaded = true")
        subprocess.run([*command, "init"], check=True, capture_output=True, **run)
        options = ["--graph-url", endpoint.address, "--batch-size", "10", "--workers", "1", "--json"]
        with subprocess.Popen([*command, "send", *options], stdout=subprocess.PIPE, text=True, **run) as sending:
            shown = [browser.run(TEXTS)]
            while sending.poll() is None:
                shown.append(browser.run(TEXTS))
                time.sleep(0.1)
            result = json.loads(sending.stdout.read().splitlines()[-1])
        browser.wait_for("lead_id_invalid")
        end = time.monotonic() + 30
        while shown[-1].get("counted") != str(ORDERS - 1) and time.monotonic() < end:
            shown.append(browser.run(TEXTS))

    counted = [int(numbers["counted"]) for numbers in shown if numbers]
    assert (result["accepted"], result["rejected"]) == (ORDERS - 1, 1)
    assert counted == sorted(counted)
    assert len(set(counted)) > 3
    assert counted[-1] == ORDERS - 1
    assert browser.run("return window.neverReloaded")
    asked = browser.run("return performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)")
    assert set(asked) == {endpoint.address}


def test_the_page_shows_money_names_the_probe_of_check_and_finds_an_order(
    browser, endpoint, sale, command, shop, tmp_path
):
    browser.visit(endpoint.address)
    page = browser.wait_for("Nothing has arrived yet")
    assert f"offline-capi send --graph-url {endpoint.address}" in page
    assert page.count("No request has been refused yet.") == 2

    for order, value, currency in (("R-71", 12.5, "EUR"), ("R-72", 7.25, "EUR"), ("X-1", 1000, "JPY")):
        endpoint.post([sale(custom_data={"value": value, "currency": currency, "order_id": order})])
    subprocess.run(
        [*command, "check", "--graph-url", endpoint.address], env=shop(1), cwd=tmp_path, check=True, capture_output=True
    )
    page = browser.wait_for("the probe of `offline-capi check`, which is meant to be refused and counts nowhere")
    assert "Counted events are worth 19.75 EUR, 1,000.00 JPY." in page

    type_in = "const box = document.getElementById('wanted'); box.value = '%s'; box.dispatchEvent(new Event('input'));"
    browser.run(type_in % "r-7")
    page = browser.wait_for("2 arrived, 0 refused")
    assert ("R-71" in page, "R-72" in page, "X-1" in page) == (True, True, False)
    browser.run(type_in % "nowhere")
    browser.wait_for("No order like “nowhere” among the latest here.")

"""A shop, Meta and a person on one virtual clock, and the promises that hold after anything that may happen.

Meta keeps its own record of what it counted, and watches every request as it arrives. `check` compares that record,
the ledger and the table; test_sequences.py, test_kills.py and soak.py only choose what happens.
"""

import json
import sqlite3
import time
from collections import Counter
from contextlib import closing
from hashlib import sha256
from json import JSONDecoder
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from sender.commands.init import init
from sender.config.settings import Settings
from tests.sender import server
from tests.sender.shop import Forker, Result, Shop, make_row

DATASET = "1234567890"
DAY = 86_400
AGES = (3600, 3 * DAY, 8 * DAY, 61.5 * DAY)
PAUSES = (3600, DAY, 3 * DAY, 6.4 * DAY, 6.6 * DAY, 8 * DAY)
OPEN = ("open", "sending")
FAULTS = (*server.EARLY, *server.LATE)


class Known(NamedTuple):
    state: str
    reason: str | None
    batch_id: int
    attempted: bool


def event_key(name: str) -> str:
    """From Meta's name of an event to the event_key of shop.make_row."""
    event_time, event_name, order = json.loads(name)
    return sha256(f"{DATASET}|{event_name}|{event_time}|{order}".encode()).hexdigest()


def texts(body: bytes) -> list[str]:
    """The events of a request, each exactly as posted."""
    text, found = body.decode(), []
    at = len('{"data":[')
    while text[at - 1] != "]":
        _, end = JSONDecoder().raw_decode(text, at)
        found.append(text[at:end])
        at = end + 1
    return found


class World:
    def __init__(self, folder: Path, forker: Forker) -> None:
        folder.mkdir(parents=True)
        self.meta = server.Meta()
        self.shop = Shop(folder, self.meta.url, forker)
        self.ledger = self.shop.ledger
        init(Settings(ledger=self.ledger))
        self.rows: dict[str, dict[str, Any]] = {}  # by order: the table as it is now
        self.withdrawn: dict[str, dict[str, Any]] = {}  # by order: rows that the model has removed
        self.orders = 0
        self.offset = 0.0  # seconds by which the virtual clock is ahead
        self.forgotten: set[str] = set()  # orders of people who asked to be forgotten
        self.given_up: set[str] = set()  # keys that a person gave up while they were not in the table
        self.posted: dict[str, tuple[str, frozenset[str]]] = {}  # text of an event, and the last request it was in
        self.known: dict[str, Known] = {}  # the ledger at the last check, by event_key
        self.broken: list[str] = []
        self.kills = self.runs = 0
        self.log: list[str] = []
        self.meta.now = self.now
        self.meta.witness = self.witness
        self.meta.bad = lambda event: event["custom_data"]["value"] == 0
        self.table_changed = True
        self.in_table: set[str] = set()  # event_keys

    def close(self) -> None:
        self.meta.close()

    # What may happen

    def now(self) -> float:
        return time.time() + self.offset

    def arrive(self, n: int, bad: int = 0, age: float = 3600) -> None:
        """n new orders, `age` seconds old, `bad` of which Meta refuses."""
        for i in range(n):
            number = self.orders = self.orders + 1
            value = 0 if i < bad else 1
            made = make_row(number, now=self.now(), age=age + i, value=value)
            self.rows[made["order_id"]] = made
        self.table_changed = True

    def move(self, order: str, seconds: int = 3600) -> None:
        """The model changed: an order has another time, and so another key."""
        old = self.rows[order]
        payload = json.loads(old["payload"])
        made = make_row(
            int(order.split("-")[1]),
            event_time=old["event_time"] - seconds,
            value=payload["custom_data"]["value"],
        )
        self.rows[order] = made
        self.table_changed = True

    def drift(self, order: str) -> None:
        """The model changed: an order has different bytes under the same key."""
        payload = json.loads(self.rows[order]["payload"])
        if payload["custom_data"]["value"]:
            payload["custom_data"]["value"] += 1
        self.rows[order] = self.rows[order] | {"payload": json.dumps(payload, separators=(",", ":"))}
        self.table_changed = True

    def withdraw(self, order: str) -> None:
        """The shop takes an order back: refunded, cancelled, consent withdrawn."""
        self.withdrawn[order] = self.rows.pop(order)
        self.table_changed = True

    def is_open(self, key: str) -> bool:
        return key in self.known and self.known[key].state in OPEN

    def bring_back(self, order: str) -> None:
        """The model has the order again."""
        self.rows[order] = self.withdrawn.pop(order)
        self.table_changed = True

    def advance(self, seconds: float) -> None:
        self.offset += seconds

    def fill(self) -> None:
        if self.table_changed:
            self.shop.fill(list(self.rows.values()))
            self.in_table = {made["event_key"] for made in self.rows.values()}
            self.table_changed = False

    def command(self, *arguments: str, **more: Any) -> Result:
        result = self.shop.run(*arguments, OFFLINE_CAPI_TEST_NOW_OFFSET=str(self.offset), **more)
        self.offset += 600  # the pauses of a run move only its own clock
        self.log.append(f"{' '.join(arguments)} {more} -> {result.code} {result.out[-300:]} {result.err[-3000:]}")
        if "Traceback" in result.err or "TESTSECRET" in result.out + result.err:
            self.broken.append(f"a traceback or a secret in the output: {result.err[-2000:]}")
        return result

    def send(self, *faults: str | None, crash_at: int = 0, kill_after: float = 0, workers: int = 1) -> Result:
        """A run of the sender whose requests meet one fault after the other; killed at a protocol point or a time."""
        self.fill()
        self.log.append(f"faults: {faults}")
        self.meta.faults = iter(faults)
        result = self.command(
            *("send", "--json", "--batch-size", "20", "--workers", str(workers), "--deadline", "5"),
            kill_after=kill_after,
            OFFLINE_CAPI_TEST_CRASH_AT=str(crash_at),
            OFFLINE_CAPI_TEST_SLEEP_SCALE="0.0002",
        )
        self.meta.quiet()
        self.meta.faults = iter(())
        self.runs += 1
        self.kills += result.code == -9
        if result.code not in (0, 1, 2, -9):
            self.broken.append(f"exit code {result.code}: {result.err}")
        if result.code != -9:
            if not result.out:
                self.broken.append(f"the run did not come to an end: {result.err}")
            else:
                assert result.json  # which checks that it balances
        return result

    def decide(self) -> None:
        """A person looks at Meta's record and decides about each held event."""
        ledger = self.read()
        counted = {event_key(name): name for name in self.meta.counted}
        counted_orders = {json.loads(name)[2] for name in self.meta.counted}
        pending = {self.order_of[key] for key, known in ledger.items() if known.state in OPEN}
        chosen: dict[str, list[str]] = {"--assume-accepted": [], "--give-up": [], "--resend": []}
        for key, known in ledger.items():
            if known.state != "held" or self.order_of[key] in pending:
                continue
            if key in counted:
                chosen["--assume-accepted"].append(key)
            elif self.order_of[key] in counted_orders or key not in self.in_table:
                chosen["--give-up"].append(key)
                if key not in self.in_table:
                    self.given_up.add(key)
            else:
                chosen["--resend"].append(key)
        for decision, keys in chosen.items():
            if keys:
                named = [part for key in keys for part in ("--key", key)]
                result = self.command("resolve", decision, *named, "--reason", "seen in Events Manager")
                if result.code != 0:
                    self.broken.append(f"resolve ends with {result.code}: {result.err}")
        names = {event_key(name): name for name in self.posted}
        for key in chosen["--resend"]:
            if key not in names or ledger[key].reason == "returned":
                self.known.pop(key, None)  # removed from the ledger, to be read again from the table
                self.posted.pop(names.get(key, ""), None)

    def accept_model_change(self) -> None:
        self.command("resolve", "--accept-model-change", "--reason", "a correction")

    def forget(self, order: str) -> None:
        """The person behind an order asks to be forgotten."""
        self.fill()
        (person,) = json.loads(self.rows[order]["payload"])["user_data"]["em"]
        self.forgotten.add(order)
        if (result := self.command("forget", "--email", person)).code != 0:
            self.broken.append(f"forget ends with {result.code}: {result.err}")

    def anything(self, chance: Random) -> None:
        """One thing that may happen, and a run of the sender that meets faults and may be killed."""
        match chance.randrange(14):
            case 0 | 1 | 2:
                self.arrive(chance.randrange(1, 60), bad=chance.randrange(0, 3), age=chance.choice(AGES))
            case 3 | 4:
                self.advance(chance.choice(PAUSES))
            case 5 if self.rows:
                self.move(chance.choice(list(self.rows)))
            case 6 if self.rows:
                self.drift(chance.choice(list(self.rows)))
            case 7:
                self.decide()
            case 8:
                self.accept_model_change()
            case 9 if self.rows and chance.random() < 0.3:
                self.forget(chance.choice(list(self.rows)))
            case 10 | 11 if len(self.rows) > 10:
                attempted = [order for order, made in self.rows.items() if self.is_open(made["event_key"])]
                some = attempted or list(self.rows)
                for order in chance.sample(some, min(len(some), chance.randrange(1, 6))):
                    self.withdraw(order)
            case 12 if self.withdrawn:
                for order in chance.sample(list(self.withdrawn), chance.randrange(1, len(self.withdrawn) + 1)):
                    self.bring_back(order)
        faults = chance.choices([None, *FAULTS], weights=[12, *[1] * len(FAULTS)], k=8)
        kills: list[dict[str, Any]] = [
            {},
            {"crash_at": chance.randrange(1, 40)},
            {"kill_after": chance.uniform(0.01, 0.3)},
        ]
        self.send(*faults, workers=chance.choice([1, 1, 4]), **chance.choice(kills))
        self.check()

    # What must hold

    def witness(self, body: bytes) -> None:
        """Meta's side of the wire: the attempt is already in the ledger, the bytes are the old ones, nothing was added."""
        found = texts(body)
        names = [server.key(json.loads(text)) for text in found]
        together = frozenset(names)
        for name, text in zip(names, found, strict=True):
            before, mates = self.posted.get(name, (text, together))
            if event_key(name) not in self.in_table:
                self.broken.append(f"{name} was posted although the model had taken it back")
            if before != text:
                self.broken.append(f"{name} was posted with other bytes than before")
            if not together <= mates:
                self.broken.append(f"{name} was posted together with events that it was not posted with before")
            self.posted[name] = (text, together)
        if len(found) > 50:
            self.broken.append(f"{len(found)} events in a request")
        digest = sha256(b"\x1e".join(text.encode() for text in found)).digest()
        with closing(sqlite3.connect(self.ledger, timeout=30)) as ledger:
            sql = (
                "select count(*) from attempts join batches using (batch_id) "
                "where attempts.ended_at is null and state = 'sending' and body_sha256 = ?"
            )
            if not ledger.execute(sql, (digest,)).fetchone()[0]:
                self.broken.append(f"{len(found)} events were posted without a committed attempt")

    def read(self) -> dict[str, Known]:
        """The ledger, by event_key."""
        found: dict[str, Known] = {}
        self.order_of: dict[str, str] = {}
        with closing(sqlite3.connect(self.ledger, timeout=30)) as ledger:
            batches = ledger.execute(
                "select state, reason, batch_id, first_attempt_at, n, records from batches left join members using (batch_id)"
            ).fetchall()
            taken_in = ledger.execute("select value from meta where key = 'events'").fetchone()[0]
        for state, reason, batch_id, attempted, n, records in batches:
            members = records.split("\x1e") if records else []
            if len(members) != n:
                self.broken.append(f"batch {batch_id} counts {n} events and has {len(members)}")
            for member in members:
                key = member[:64]
                if key in found:
                    self.broken.append(f"{key} is in two batches")
                found[key] = Known(state, reason, batch_id, attempted is not None)
                self.order_of[key] = member.split('"')[1]
        if taken_in != len(found):
            self.broken.append(f"{taken_in} events were taken in, {len(found)} are there")
        return found

    def check(self) -> None:
        """Rows are conserved, each key is counted once, no POST is without its attempt, batches only shrink."""
        ledger = self.read()
        back = {key for key, known in self.known.items() if known.reason == "withdrawn" and key in self.in_table}
        if lost := self.known.keys() - ledger.keys() - back:
            self.broken.append(f"{len(lost)} events have left the ledger")
        for key, before in self.known.items():
            if before.state == "accepted" and key in ledger and ledger[key].state != "accepted":
                self.broken.append(f"{key} was accepted and is {ledger[key].state} now")
        self.known = ledger
        if twice := {name: n for name, n in self.meta.times.items() if n > 1}:
            self.broken.append(f"counted more than once: {twice}")
        counted = {event_key(name) for name in self.meta.counted}
        for name in list(self.posted):
            known_now = ledger.get(event_key(name))
            if known_now and known_now.reason == "withdrawn":
                del self.posted[name]  # Meta does not have it: when it is back, it is new
        for key, known in ledger.items():
            if known.reason == "withdrawn" and key in counted:
                self.broken.append(f"{key} is taken for one that Meta has not got, and Meta counted it")
            if known.state == "accepted" and key not in counted:
                self.broken.append(f"{key} is accepted in the ledger, and Meta never counted it")
            gone = known.reason in ("forgotten", "given_up")  # a person's decision, whatever Meta has
            if known.state in ("expired", "rejected") and key in counted and not gone:
                self.broken.append(f"{key} is {known.state} in the ledger, and Meta counted it")
        for key in counted:
            if key not in ledger or not ledger[key].attempted:
                self.broken.append(f"{key} was counted and the ledger knows no attempt")
        assert not self.broken, "\n".join([*self.broken, "after:", *self.log[-12:]])

    def finish(self) -> None:
        """Meta works again and a person decides: then every row is settled, and every good one is counted."""
        for _ in range(12):
            result = self.send()
            self.check()
            counts = result.json
            if counts["stopped"] == "model_changed":
                self.accept_model_change()
            self.decide()
            self.advance(3600)
            waits = any(known.state in ("held", *OPEN) for known in self.read().values())
            if counts["read"] == counts["already_known"] and not waits:
                break
        self.check()
        ledger = self.read()
        counted = {event_key(name) for name in self.meta.counted}
        orders = Counter(json.loads(name)[2] for name in self.meta.counted)
        assert set(orders.values()) <= {1}, "an order was counted under two keys"
        for order, made in self.rows.items():
            known = ledger.get(made["event_key"])
            assert known, f"{order} is in the table and not in the ledger\n" + "\n".join(self.log[-12:])
            value = json.loads(made["payload"])["custom_data"]["value"]
            expected = {"expired"} if made["expires_at"] <= self.now() else set()
            if value == 0 or made["event_key"] in self.given_up:
                expected |= {"rejected"}
            if order in self.forgotten:
                expected |= {"withheld"}
            if order in self.forgotten and made["event_key"] in counted:
                expected |= {"accepted"}
            elif made["event_key"] in counted or order not in orders:
                expected |= {"accepted"} if made["event_key"] in counted or not expected else set()
            else:  # counted under its earlier key
                expected |= {"rejected"}
            assert known.state in expected, f"{order}: {known} and not {expected}\n" + "\n".join(self.log[-12:])

# ruff: noqa: S608 - names come from the catalogue and are quoted
"""Every order of the shop and what became of it, in one narrow table `sales` that the whole report is queried from.

The sums are those of the model capi_daily; a test compares them. Unlike that model, this follows the ledger that the command
names, and it has reasons.
"""

from pathlib import Path

from sender.seeing.warehouse import Warehouse, state_table

# place: accepted, pending, held, rejected, expired, withheld as in the state file; `no event` for an order that may not be sent.
# kind: the same from a reader's point of view, see KINDS. An order without an event is fixable unless its remedy says "nothing to do".
KINDS = {
    "delivered": "accepted by Meta",
    "waiting": "waiting for the next send",
    "held": "waiting for a decision",
    "refused": "refused by Meta, or too late",
    "fixable": "not sent, can be fixed",
    "settled": "not sent, nothing to fix",
}
SALES = """
    create temp table sales as
    with
        events as (
            select event_key, dataset_id, store_id, event_time, expires_at, {value} as value, {currency} as currency, {match_keys} as match_keys
            from {events}
        ),
        delivered as (select * from {state}),
        withdrawn as (select event_key, min(reason) as withdrawn_reason from {later_changes} where change = 'withdrawn' group by event_key),
        joined as (
            select
                coalesce(delivered.event_key, events.event_key) as event_key,
                coalesce(events.dataset_id, delivered.dataset_id) as dataset_id,
                coalesce(events.store_id, delivered.store_id) as store_id,
                coalesce(events.event_time, delivered.event_time) as event_time,
                coalesce(events.expires_at, delivered.expires_at) as expires_at,
                case when delivered.currency is not null then delivered.value else events.value end as value,
                coalesce(delivered.currency, events.currency) as currency,
                coalesce(delivered.state, 'pending') as place,
                delivered.reason,
                case when delivered.state = 'accepted' then delivered.accepted_at - coalesce(events.event_time, delivered.event_time) end as delay,
                events.match_keys,
                events.event_key is not null as is_event
            from events full outer join delivered on events.event_key = delivered.event_key
        ),
        gone as (select event_key from joined where not is_event),
        rejected as (select * from {rejected}),
        no_events as (
            select * from rejected where event_key is null or event_key not in (select event_key from gone)
            union all
            select * from rejected where event_key in (select event_key from gone)
            qualify row_number() over (partition by event_key) > 1
        )
    select
        dataset_id, store_id, event_time, make_timestamp(event_time * 1000000)::date as day, expires_at, value, currency, place,
        case place
            when 'accepted' then 'delivered' when 'pending' then 'waiting' when 'held' then 'held' when 'withheld' then 'settled' else 'refused'
        end as kind,
        reason, null as remedy, delay, match_keys, withdrawn_reason
    from joined left join withdrawn using (event_key)
    union all
    select
        dataset_id, store_id, event_time, make_timestamp(event_time * 1000000)::date, null, value, currency, 'no event',
        case
            when reason = 'too_old' then 'refused'
            when reason = 'duplicate_row' or contains(remedy, 'nothing to do') then 'settled'
            else 'fixable'
        end,
        reason, remedy, null, null, null
    from no_events
"""

NOTHING_REJECTED = """(
    select null::varchar as event_key, null::varchar as dataset_id, null::varchar as store_id, null::bigint as event_time,
        null::decimal(18, 3) as value, null::varchar as currency, null::varchar as reason, null::varchar as remedy where false)"""
NOTHING_CHANGED = "(select null::varchar as event_key, null::varchar as change, null::varchar as reason where false)"


def lay_out(warehouse: Warehouse, state: Path | None) -> None:
    """Create the temporary table `sales`. `state` is a state file that shows everything the ledger knows."""
    rejected = warehouse.model("capi_rejected_events")
    warehouse.connection.execute(
        SALES.format(
            value=warehouse.value,
            currency=warehouse.currency,
            match_keys="match_keys" if "match_keys" in warehouse.types else "null",
            events=warehouse.events,
            state=state_table(state),
            later_changes=warehouse.model("capi_later_changes") or NOTHING_CHANGED,
            rejected=f"({NOTHING_REJECTED} union all by name select * from {rejected})"
            if rejected
            else NOTHING_REJECTED,
        )
    )

-- Only receipts with several rows can say more than each row alone.
with
    orders as (select * from {{ ref("int_capi__orders") }} where receipt_id is not null),

    repeated as (
        select order_group, bool_and(names_dataset) as name_datasets from orders group by order_group having count(*) > 1
    ),

    -- If a row with a receipt number names no dataset, all rows with that number are one receipt.
    several as (

        select
            orders.order_group,
            orders.receipt_scope,
            case
                when {{ "repeated.name_datasets" if capi_order_id_scope() == "dataset" else "true" }}
                then orders.receipt_scope
                else ''
            end as receipt,
            coalesce(orders.event_name, '') as event_name,
            coalesce(orders.item_number, '') as item_number,
            orders.changed_at,
            orders.changed_form,
            orders.cancelled_reason,
            orders.refund_reason,
            -- What an unknown status means, it means for the receipt; not_a_sale may only mean: not yet.
            case when orders.sale_reason = 'status_unknown' then orders.sale_reason end as sale_reason,
            orders.consent_reason,
            orders.limited_data_use_reason,
            orders.opt_out_reason,
            orders.row_limits_data_use,
            orders.row_opts_out
        from orders
        inner join repeated on orders.order_group = repeated.order_group

    ),

    -- What a row says about the person applies to the whole receipt, however old the row is. denied comes before unclear in the
    -- alphabet.
    of_persons as (

        select
            order_group,
            receipt,
            min(case when consent_reason in ('consent_denied', 'consent_unclear') then consent_reason end) as consent_reason,
            min(limited_data_use_reason) as limited_data_use_reason,
            min(opt_out_reason) as opt_out_reason,
            bool_or(row_limits_data_use) as limits_data_use,
            bool_or(row_opts_out) as opts_out
        from several
        group by order_group, receipt

    ),

    -- The newest row wins if each row of an event says when it was changed, in one notation.
    newest as (

        select order_group, receipt, event_name, item_number, max(changed_at) as changed_at
        from several
        group by order_group, receipt, event_name, item_number
        having count(*) = count(changed_at) and min(changed_form) = max(changed_form)

    ),

    current_rows as (

        select several.*
        from several
        left join
            newest
            on several.order_group = newest.order_group
            and several.receipt = newest.receipt
            and several.event_name = newest.event_name
            and several.item_number = newest.item_number
        where newest.changed_at is null or several.changed_at = newest.changed_at

    ),

    taking_back as (

        select order_group, receipt, event_name, item_number, cancelled_reason, refund_reason, sale_reason
        from current_rows
        where coalesce(cancelled_reason, refund_reason, sale_reason) is not null

    ),

    -- A row takes back (or puts in doubt) the purchase of its receipt and events with the row's own event name; of several
    -- lines it takes back its own, or all if it names none.
    reaching as (

        select order_group, receipt, event_name, item_number, cancelled_reason, refund_reason, sale_reason
        from taking_back
        union all
        select order_group, receipt, 'Purchase', item_number, cancelled_reason, refund_reason, sale_reason
        from taking_back

    ),

    taken_back as (

        select
            order_group,
            receipt,
            event_name,
            item_number,
            min(cancelled_reason) as cancelled_reason,
            min(refund_reason) as refund_reason,
            min(sale_reason) as sale_reason
        from reaching
        group by order_group, receipt, event_name, item_number

    ),

    events as (select distinct order_group, receipt_scope, receipt, event_name, item_number from several),

    joined as (

        select
            events.order_group,
            events.receipt_scope,
            events.event_name,
            events.item_number,
            newest.changed_at as newest_change,
            coalesce(of_lines.cancelled_reason, of_all_lines.cancelled_reason) as cancelled_reason,
            coalesce(of_lines.refund_reason, of_all_lines.refund_reason) as refund_reason,
            coalesce(of_lines.sale_reason, of_all_lines.sale_reason) as sale_reason,
            of_persons.consent_reason,
            of_persons.limited_data_use_reason,
            of_persons.opt_out_reason,
            of_persons.limits_data_use,
            of_persons.opts_out
        from events
        inner join of_persons on events.order_group = of_persons.order_group and events.receipt = of_persons.receipt
        left join
            newest
            on events.order_group = newest.order_group
            and events.receipt = newest.receipt
            and events.event_name = newest.event_name
            and events.item_number = newest.item_number
        left join
            taken_back as of_lines
            on events.order_group = of_lines.order_group
            and events.receipt = of_lines.receipt
            and events.event_name = of_lines.event_name
            and events.item_number = of_lines.item_number
        left join
            taken_back as of_all_lines
            on events.order_group = of_all_lines.order_group
            and events.receipt = of_all_lines.receipt
            and events.event_name = of_all_lines.event_name
            and of_all_lines.item_number = ''

    )

select *
from joined

{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("int_capi__orders") }}),

    receipts as (select * from {{ ref("int_capi__receipts") }}),

    joined as (

        select
            orders.*,
            coalesce(orders.row_limits_data_use or receipts.limits_data_use, orders.row_limits_data_use) as limits_data_use,
            coalesce(orders.row_opts_out or receipts.opts_out, orders.row_opts_out) as opts_out,
            {{
                capi_reasons(
                    [
                        "case when orders.changed_at < receipts.newest_change then 'superseded' end",
                        "orders.store_reason",
                        "coalesce(orders.cancelled_reason, receipts.cancelled_reason)",
                        "coalesce(orders.refund_reason, receipts.refund_reason)",
                        "coalesce(orders.sale_reason, receipts.sale_reason)",
                        "coalesce(receipts.consent_reason, orders.consent_reason)",
                        "coalesce(orders.limited_data_use_reason, receipts.limited_data_use_reason)",
                        "coalesce(orders.opt_out_reason, receipts.opt_out_reason)",
                        "orders.further_reasons",
                    ]
                )
            }} as order_reasons
        from orders
        left join
            receipts
            on orders.order_group = receipts.order_group
            and orders.receipt_scope = receipts.receipt_scope
            and coalesce(orders.event_name, '') = receipts.event_name
            and coalesce(orders.item_number, '') = receipts.item_number

    ),

    concluded as (select *, {{ capi_first_reason("order_reasons") }} as order_reason from joined)

select *
from concluded

{{ config(materialized="view") }}
{%- set columns = capi_person_columns() %}

with
    raw_orders as (select * from {{ ref("int_capi__touched_orders") }}),

    raw_customers as (select * from {{ ref("stg_capi__customers") }}),

    orders as (select * from {{ ref("int_capi__receipt_rows") }} where order_reason is null),

    wanted_customers as (
        select distinct customer_person_key, customer_id, fallback_country from orders where customer_person_key is not null
    ),

    known_customers as (select * from raw_customers where customer_id in (select customer_id from wanted_customers)),

    -- Only the few repeated customers are sorted: numbering all 1,000,000 takes seven times as long.
    repeated_customers as (select customer_id from known_customers group by customer_id having count(*) > 1),

    first_of_repeated as (

        select *, row_number() over (partition by customer_id order by {{ columns | join(" nulls last, ") }} nulls last) as copy
        from known_customers
        where customer_id in (select customer_id from repeated_customers)

    ),

    single_customers as (

        select customer_id, {{ columns | join(", ") }}
        from known_customers
        where not exists (select 1 from repeated_customers where repeated_customers.customer_id = known_customers.customer_id)
        union all
        select customer_id, {{ columns | join(", ") }}
        from first_of_repeated
        where copy = 1

    ),

    identified_customers as (

        select *, {{ capi_clean("external_id", capi_number_words()) }} as external_id_cleaned from single_customers

    ),

    wanted_receipts as (
        select distinct own_person_key, own_person_hash, own_fallback_country from orders where own_person_hash is not null
    ),

    receipts as (select {{ capi_person_hash() }} as own_person_hash, {{ columns | join(", ") }} from raw_orders),

    distinct_receipts as (

        select own_person_hash{% for column in columns %}, max({{ column }}) as {{ column }}{% endfor %}
        from receipts
        where own_person_hash is not null
        group by own_person_hash

    ),

    persons as (

        select
            wanted_customers.customer_person_key as person_key,
            false as is_receipt,
            {%- for column in columns %}
                {%- if column == "external_id" and var("capi_external_id_from_customer_id", true) %}
                    case
                        when
                            identified_customers.external_id_cleaned is null
                            or {{ capi_is_nobody("identified_customers.external_id_cleaned") }}
                        then wanted_customers.customer_id
                        else identified_customers.external_id
                    end as external_id,
                {%- else %} identified_customers.{{ column }},
                {%- endif %}
            {%- endfor %}
            wanted_customers.fallback_country
        from wanted_customers
        left join identified_customers on wanted_customers.customer_id = identified_customers.customer_id
        union all
        select
            wanted_receipts.own_person_key,
            true as is_receipt,
            {%- for column in columns %} distinct_receipts.{{ column }}, {%- endfor %}
            wanted_receipts.own_fallback_country
        from wanted_receipts
        inner join distinct_receipts on wanted_receipts.own_person_hash = distinct_receipts.own_person_hash

    )

select *
from persons

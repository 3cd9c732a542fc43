with
    stores as (select * from {{ ref("stg_capi__stores") }}),

    -- Several systems may share a name, always for the same zone. The engine cannot calculate with a zone that is newer than
    -- the engine.
    time_zones as (

        select distinct names.name_key, names.time_zone
        from {{ ref("int_capi__time_zones") }} as names
        inner join {{ capi_time_zones() }} as known on names.time_zone = known.time_zone

    ),

    countries as (select distinct country as value from stores where country is not null),

    {{ capi_country_steps("countries") }},

    cleaned as (

        select
            store_id,
            {{ capi_clean("dataset_id") }} as dataset_id,
            {{ capi_clean("store_code") }} as store_code,
            {{ capi_clean("store_page_id") }} as store_page_id,
            {{ capi_clean("brand_page_id") }} as brand_page_id,
            {{ capi_clean("time_zone") }} as time_zone,
            {{ capi_clean("currency") }} as currency,
            {{ capi_kept("country_judged.verdict") }} as country,
            {{ capi_clean("state") }} as state
        from stores
        left join country_judged on stores.country = country_judged.value
        where store_id is not null

    ),

    -- If a store is listed twice, one row is used, always the same one, so that it cannot double its orders.
    numbered as (

        select
            *,
            row_number() over (
                partition by store_id
                order by
                    dataset_id nulls last,
                    time_zone nulls last,
                    currency nulls last,
                    country nulls last,
                    state nulls last,
                    store_code nulls last,
                    store_page_id nulls last,
                    brand_page_id nulls last
            ) as copy
        from cleaned

    ),

    states as (select distinct state as value, country from numbered where copy = 1 and state is not null),

    {{ capi_state_steps("states") }},

    located as (

        select
            numbered.store_id,
            numbered.dataset_id,
            numbered.store_code,
            numbered.store_page_id,
            numbered.brand_page_id,
            numbered.time_zone as declared_time_zone,
            time_zones.time_zone,
            numbered.currency,
            numbered.country,
            {{ capi_kept("state_judged.verdict") }} as state
        from numbered
        left join time_zones on {{ capi_time_zone_key("numbered.time_zone") }} = time_zones.name_key
        left join
            state_judged on numbered.state = state_judged.value and numbered.country is not distinct from state_judged.country
        where numbered.copy = 1

    ),

    stated as (

        select
            store_id,
            dataset_id,
            store_code,
            store_page_id,
            brand_page_id,
            declared_time_zone,
            time_zone,
            currency,
            country,
            {{ capi_data_processing_state("state", "country") }} as data_processing_state
        from located

    )

select *
from stated

-- Square has no export of its locations, but each payment names one, with its time zone.
with
    transactions as (select * from {{ source("square", "transactions") }}),

    locations as (select distinct "Location" as store_id, "Time Zone" as time_zone, 'US' as country from transactions)

select *
from locations

-- Meta matches few people without an e-mail, phone or mobile advertiser id. capi_mapping shows which column is ignored, empty or unreadable.
{{ config(severity="warn") }}

select sum(events) as events, sum(events * strong_share) / sum(events) as strong_share
from {{ ref("capi_match_keys") }}
having sum(events * strong_share) < 0.5 * sum(events)

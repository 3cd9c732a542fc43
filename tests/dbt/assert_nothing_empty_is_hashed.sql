-- The SHA-256 of the empty string would match everybody without a value; it is in no event.
select event_key
from {{ ref("capi_events") }}
where payload like '%e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855%'

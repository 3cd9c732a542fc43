-- A column that is ignored and by its name is probably ours: every event lacks what is in it. capi_columns maps it, or says null of ours
-- where it is something else.
{{ config(severity="warn") }}

select raw_table, raw_column, likely_column
from {{ ref("capi_mapping") }}
where raw_column is not null and likely_column is not null

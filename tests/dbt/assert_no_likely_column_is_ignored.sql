-- An ignored column whose name looks like one of ours: every event lacks its values. Map it in capi_columns, or write null for our
-- column if it is something else.
{{ config(severity="warn") }}

select raw_table, raw_column, likely_column
from {{ ref("capi_mapping") }}
where raw_column is not null and likely_column is not null

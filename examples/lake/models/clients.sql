-- The metadata file of the snapshot to read. Tables in a catalogue are attached in the profile instead: docs/warehouses.md.
select * from iceberg_scan('{{ env_var("SHOP_CLIENTS") }}')

-- A folder with a _delta_log; s3://, gs:// and abfss:// with a secret in the profile.
select * from delta_scan('{{ env_var("SHOP_LAKE") }}/sales')

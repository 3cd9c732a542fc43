"""What a user sets: options, tokens, the dbt profile. Checked before anything is touched."""

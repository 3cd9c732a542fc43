"""What a user sets: options, tokens, the dbt profile. All of it is checked before anything is touched."""

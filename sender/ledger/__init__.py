"""What is remembered about each event: the SQLite file, its states, and the state file published from it.

Only this package speaks SQL to the ledger.
"""

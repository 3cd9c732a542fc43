"""A local Conversions API endpoint for offline events: the rehearsal that Meta's Test Events tool does not offer for stores.

What it knows about Meta is one table in `rules.py`, each rule with its evidence. Nothing here ever leaves this machine.
"""

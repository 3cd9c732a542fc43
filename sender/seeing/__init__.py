"""Showing people what happened: the models beside the table of events, what the ledger knows, and pages and texts made of both."""

"""Errors that end a command early. Each is one line for a person: what, why, what to do.

SenderError (exit 2)
├── ConfigError      an option, variable, profile or token is missing or wrong
├── WarehouseError   the table of events cannot be read or is not sound
├── LedgerError      the ledger is missing, damaged, older than what was published, or in the wrong place
└── BusyError        another sender holds the lock (exit 3)
"""


class SenderError(Exception):
    exit_code = 2


class ConfigError(SenderError):
    pass


class WarehouseError(SenderError):
    pass


class LedgerError(SenderError):
    pass


class BusyError(SenderError):
    exit_code = 3

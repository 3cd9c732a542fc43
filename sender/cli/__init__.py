"""The command line: parse, call, print, exit. Nothing here decides about an event."""

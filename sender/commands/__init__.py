"""One module a command: what it does, as facts. Printing is left to `cli`."""

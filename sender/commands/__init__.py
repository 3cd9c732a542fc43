"""One module per command. It returns facts; `cli` prints them."""

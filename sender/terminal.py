"""Text from elsewhere on its way to a terminal: ids, file names, what a database says."""

import unicodedata

# Control and format characters (escape sequences, line breaks, right-to-left marks) and halves of surrogate pairs.
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """The text in one line, with each character that would move the cursor or hide others written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in HIDDEN else char for char in text
    )

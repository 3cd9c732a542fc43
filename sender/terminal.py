"""Text from elsewhere that goes to a terminal: ids, file names, messages of a database."""

import unicodedata

# Control and format characters (escape sequences, line breaks, right-to-left marks) and halves of surrogate pairs.
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """The text on one line. Each character that would move the cursor or hide others is written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in HIDDEN else char for char in text
    )

"""Every error the program raises on purpose, sorted by whose fault it is.

The sorting matters to the person who reads the message: our data is broken (tell us), the machine lacks something
(tell your administrator), the call is wrong (read the usage), or a file that was handed in is bad (mend that file).
Each message is one sentence: what happened, where, why, and what to do.
"""


class EncoderError(Exception):
    """Base of every deliberate error; the text is ready to be shown."""

    exit_code = 3


class DataError(EncoderError):
    """What we ship is wrong: a tree file, a source row, the database, a source entry."""

    exit_code = 3


class InputError(EncoderError):
    """A file that the user handed in cannot be used."""

    exit_code = 3


class UsageError(EncoderError):
    """The call itself is wrong: an unknown question, an answer that is not offered, a malformed date."""

    exit_code = 2


class SetupError(EncoderError):
    """The machine lacks something: a display, a library, a folder that can be written."""

    exit_code = 4

"""The one exception tree. Each message is a line for a user: what is wrong, and what to try."""


class ReportedlyError(Exception):
    """Whatever reportedly refuses to do; the command line prints its message and exits with status 2."""


class UnreadableReport(ReportedlyError):
    """A report that cannot be taken in: missing, empty, binary, in another encoding, too large."""


class UnsupportedLanguage(UnreadableReport):
    """A report in a language that the reader does not read."""


class InvalidMetadata(ReportedlyError):
    """A sidecar or an option that makes no sense, such as an impossible date."""


class InvalidKnowledge(ReportedlyError):
    """A knowledge file that breaks its own format."""


class InvalidGold(ReportedlyError):
    """A folder of coded reports, or a file of marked articles, that cannot be scored."""


class UnknownPlace(ReportedlyError):
    """A name that the gazetteer has in no spelling."""

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


class FetchFailed(ReportedlyError):
    """An address that gives nothing: no such host, an error of the server, too slow, too large, not allowed by robots.txt."""


class RefusedAddress(FetchFailed):
    """An address that is not asked: private, link-local, loopback, a cloud's metadata."""


class InvalidFeeds(ReportedlyError):
    """A list of feeds to watch that makes no sense."""


class InvalidReferenceList(ReportedlyError):
    """A list of events, to hold warnings against, that cannot be read or makes no sense."""


class InvalidProfile(ReportedlyError):
    """A release profile that cannot be read, contradicts itself or is not safe to repeat."""


class InvalidRelease(ReportedlyError):
    """A folder that is no release, is damaged, or holds what cannot be read."""


class ReleaseRefused(ReportedlyError):
    """A release that is not made: it asks for what its profile does not tell, or nobody else has approved it."""


class CasebookError(ReportedlyError):
    """What a casebook cannot do: there is none, it is of another form, it cannot be written."""


class NoCasebook(CasebookError):
    """No casebook where one was looked for, or one already where a new one was asked for."""


class CasebookUnavailable(CasebookError):
    """A casebook that cannot be read or written now: disk full, read-only, server away. What it holds is unharmed."""


class NotInCasebook(CasebookError):
    """A report, claim or source that the casebook does not hold."""


class InvalidDecision(CasebookError):
    """A decision that makes no sense: an unknown field, a value that the record does not allow."""


class InvalidBackup(CasebookError):
    """A backup that is broken, cut short or not one."""


class InvalidModel(ReportedlyError):
    """A trained network is missing or cannot be loaded."""


class InvalidAccount(ReportedlyError):
    """An account of the desk that cannot be made or changed: no name, too short a password, no such account."""


class LoginRefused(ReportedlyError):
    """A login at the desk with a wrong name or password, or after too many of them."""


class DeskRefused(ReportedlyError):
    """A desk that cannot be served like this, such as one for a team without accounts."""


class ModelError(ReportedlyError):
    """What a language model's server does not do: it cannot be reached, refuses, or answers what makes no sense."""


class ModelAnswerMissing(ModelError):
    """A replay that lacks an answer."""


class ModelAnswerUnusable(ModelError, UnreadableReport):
    """A report that a language model gives no usable answer for; others may go well."""


class ModelNotAllowed(ModelError):
    """A server that nobody agreed to send reports to, or that the casebook forbids."""


class BudgetSpent(ModelError):
    """The next request could cost more than what is left. What was answered is kept."""

"""Mail: a message as a report, its attachments as originals of their own."""

import email
import email.policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from lxml.html import document_fromstring

from reportedly.errors import UnreadableReport
from reportedly.intake.formats import encoding
from reportedly.intake.formats.documents import plain_text
from reportedly.intake.formats.parts import Embedded, Part, Source
from reportedly.model.acquisition import Extracted

_ATTACHMENTS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/markdown",
    "message/rfc822",
)


def read_mail(source: Source) -> list[Part]:
    """A message (RFC 5322). Raises UnreadableReport where there is neither a text nor an attachment to read."""
    message = email.message_from_bytes(source.data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if not message.keys() or "\n" in (message.keys() or [""])[0]:
        raise UnreadableReport(f"{source.name}: is no mail: it has no headers")
    parts: list[Part] = []
    report = _body(message, source.name)
    if report is not None:
        parts.append(report)
    for number, attached in enumerate(_attachments(message), start=1):
        name = attached.get_filename() or f"attachment {number}"
        data = _payload(attached)
        if data and _is_readable(attached, name):
            parts.append(Embedded(data, attached.get_content_type(), name))
    if not parts:
        raise UnreadableReport(f"{source.name}: a mail with no text and no attachment that can be read")
    return parts


def _attachments(message: EmailMessage) -> list[MIMEPart]:
    try:
        return list(message.iter_attachments())
    except (AttributeError, KeyError, TypeError):
        return []


def _is_readable(part: MIMEPart, name: str) -> bool:
    suffix = name.lower().rpartition(".")[2]
    return part.get_content_type() in _ATTACHMENTS or suffix in ("pdf", "docx", "txt", "md", "html", "htm", "eml")


def _payload(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, MIMEPart) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body(message: EmailMessage, name: str) -> Extracted | None:
    part = message.get_body(("plain", "html"))
    if part is None:
        return None
    text, notes = encoding.as_text(_payload(part), name, part.get_content_charset())
    if part.get_content_type() == "text/html" and text.strip():
        text = plain_text(document_fromstring(text))
    if not text.strip():
        return None
    published = _date(message)
    sender = str(message.get("From", "")).split("<")[0].strip().strip('"')
    return Extracted(
        text=text,
        title=" ".join(str(message.get("Subject", "")).split()) or None,
        outlet=sender or None,
        published=published,
        published_from="the mail's Date header" if published else None,
        notes=notes if published else (*notes, "the mail has no date"),
    )


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).isoformat() if message["Date"] else None
    except (ValueError, TypeError, IndexError):
        return None

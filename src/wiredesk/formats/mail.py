"""Stories that come by mail: one message (EML), or a mailbox of them (mbox).

    mbox    = { "From " , sender , date , EOL , message , EOL } ;
    message = { name , ":" , value , EOL , { SP , more , EOL } } , EOL , body ;

The plain part is read before the marked-up one.  Subject is the headline, the sender's name the
byline, Message-ID the id; attachments become links.  In format=flowed (RFC 3676) a line that ends
in a space goes on in the next, and what stands below `-- ` is a signature and no copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import errors, message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from wiredesk.agencies.dialects import dialect_of
from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.mail_form import form_of
from wiredesk.formats.stamps import Stamps
from wiredesk.model import Capture, Issue, Item, Link, Source

ENVELOPE = re.compile(rb"From \S+ .*\d{4}\s*$")
ENVELOPES = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S+ [^\r\n]*\d{4}[^\r\n]*\r?\n")
GAP = re.compile(rb"\n\r?\n|\n\Z")  # below the headers
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
HEADER = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?$)")
#: headers of which a message has most; three of them, one a sign of mail alone, make it mail
KNOWN = frozenset(
    b"from to date subject message-id mime-version received content-type return-path "
    b"delivered-to".split()
)
TELLING = frozenset((b"message-id", b"mime-version", b"received", b"return-path"))
MEDIA = {"image": "picture", "video": "video", "audio": "audio"}
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
#: what the standard library's reader of headers and parts is known to stumble over
STUMBLES = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    errors.MessageError,
)
CUT = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)


def sniff(head: bytes) -> bool:
    lines = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n")
    if ENVELOPE.match(lines[0]):
        lines = lines[1:]
    names: set[bytes] = set()
    for line in lines:
        found = HEADER.match(line)
        if found:
            names.add(found["name"].lower())
        elif not line.strip() or line[:1] not in b" \t":
            break
    return len(names & KNOWN) >= 3 and bool(names & TELLING)


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    given = capture.body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not given:
        raise Rejected("empty", "the input has no content")
    messages = [part for part in ENVELOPES.split(given) if part.strip()]
    boxed = ENVELOPES.match(given) is not None
    n = 0
    for at, message in enumerate(messages, 1):
        if boxed:
            message = QUOTED.sub(rb"\1", message)
        try:
            yield _item(message, source, n)
            n += 1
        except Rejected as no:
            yield no.at(f"message {at}" if boxed else None)


def _item(raw: bytes, source: Source, n: int) -> Item:
    message = message_from_bytes(raw)
    subject, sender = _header(message, "Subject"), parseaddr(_header(message, "From") or "")
    body, markup, odd = _body(message)
    if not GAP.search(raw) or any(isinstance(defect, CUT) for defect in message.defects):
        raise Rejected("truncated", f"a message without its end: {subject or 'no subject'}")
    if not (body.strip() or subject):
        raise Rejected("empty", "neither subject nor text")
    dialect = dialect_of(sender[0] or None, sender[1] or None)
    stamps = Stamps(source.tz)
    at = stamps.add("published", "Date", _header(message, "Date"))
    form = form_of(body) if markup == "text" else None
    return Item(
        source=source.id,
        format="mail",
        ordinal=n,
        id=(_header(message, "Message-ID") or "").strip("<> \t") or None,
        body=form.body if form else body,
        markup="html" if markup == "html" else "text",
        title=form.title if form else subject,
        byline=form.byline if form else sender[0] or None,
        dateline=form.dateline if form else None,
        agency=source.agency or dialect.agency,
        language=_header(message, "Content-Language") or source.language,
        slug=form.slug if form else None,
        published=at,
        genre=form.genre if form else None,
        links=_links(message),
        dates=tuple(stamps.found),
        provenance=(
            ("id", "mail Message-ID"),
            ("headline", "mail form" if form else "mail Subject"),
            ("byline", "mail form" if form else "mail From"),
            ("published", "mail Date"),
            ("body", f"mail {markup}"),
        ),
        issues=(*stamps.issues(), *odd),
    )


def _header(message: Message, name: str) -> str | None:
    """A header decoded (RFC 2047), on one line; None where it is absent or empty."""
    given = next((v for k, v in message.raw_items() if k.lower() == name.lower()), "")
    # bytes that no header may have, and real ones do
    line = " ".join(given.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
    with suppress(*STUMBLES):  # an encoded word that cannot be read stays as it stands
        line = " ".join(str(make_header(decode_header(line))).split())
    return line or None


def _body(message: Message) -> tuple[str, str, tuple[Issue, ...]]:
    """The text to be read, its markup, and what was odd about it."""
    texts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    inline = [part for part in texts if not _is_attached(part)]
    for markup, kind in (("text", "plain"), ("html", "html")):
        for part in inline:
            if part.get_content_subtype() != kind:
                continue
            text, issues = _text(part)
            if text.strip():
                return _copy(part, text) if markup == "text" else text, markup, issues
    return "", "text", ()


def _text(part: Message) -> tuple[str, tuple[Issue, ...]]:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return "", ()
    text, _, issues = decode(payload, _parameter(part, "charset"))
    return text.replace("\r\n", "\n"), issues


def _copy(part: Message, text: str) -> str:
    """Plain text without its soft line ends and its signature."""
    if _parameter(part, "format") == "flowed":
        text = _unflowed(text, _parameter(part, "delsp") == "yes")
    signature = SIGNATURE.search(text)
    return text[: signature.start()] if signature else text


def _parameter(part: Message, name: str) -> str | None:
    """A parameter of Content-Type in small letters."""
    try:
        value = part.get_param(name)
    except STUMBLES:
        return None
    return value.strip().lower() if isinstance(value, str) else None


def _is_attached(part: Message) -> bool:
    return (_header(part, "Content-Disposition") or "").lower().startswith("attachment")


def _unflowed(text: str, deleted: bool) -> str:
    """Soft breaks of RFC 3676 undone: a space before the break, which DelSp says to delete."""
    soft = re.compile(r"(?<!^--) \n(?! *\n)", re.MULTILINE)
    return soft.sub("" if deleted else " ", text)


def _links(message: Message) -> tuple[Link, ...]:
    """What the message answers, and what is attached to it."""
    found = []
    if reply := _header(message, "In-Reply-To"):
        found.append(Link("refers_to", reply.strip("<> \t")))
    for part in message.walk():
        kind = part.get_content_maintype()
        if kind in MEDIA or _is_attached(part):
            name = _filename(part) or (_header(part, "Content-ID") or "").strip("<>")
            if name:
                found.append(Link(MEDIA.get(kind, "see_also"), name))
    return tuple(found)


def _filename(part: Message) -> str | None:
    try:
        name = part.get_filename()
        return str(make_header(decode_header(name))) if name else None
    except STUMBLES:
        return None

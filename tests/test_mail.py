"""Stories by mail: single messages and mailboxes, whole and damaged."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_formats import codes, parsed
from wiredesk import formats

HEAD = (
    b"Message-ID: <one@post.example>\nMIME-Version: 1.0\nDate: Mon, 04 May 2026 12:00:00 +0200\n"
    b"From: Ada Finch <ada@post.example>\nSubject: Council mends the clock\n"
)
LETTER = HEAD + b"Content-Type: text/plain; charset=utf-8\n\nThe clock was mended on Monday.\n"
ENVELOPE = b"From ada@post.example Mon May  4 10:00:00 2026\n"


def test_headers_are_the_fields_of_the_story() -> None:
    (item,) = parsed(LETTER)
    assert (item.format, item.id, item.title) == (
        "mail",
        "one@post.example",
        "Council mends the clock",
    )
    assert (item.byline, item.published) == ("Ada Finch", datetime(2026, 5, 4, 10, tzinfo=UTC))
    assert item.body.strip() == "The clock was mended on Monday."


def test_encoded_words_are_decoded() -> None:
    (item,) = parsed(LETTER.replace(b"Council", b"=?iso-8859-1?Q?F=E4hre?="))
    assert item.title == "Fähre mends the clock"


def test_the_plain_part_is_read_before_the_marked_up_one_and_attachments_are_links() -> None:
    letter = EmailMessage()
    letter["Message-ID"], letter["From"], letter["Date"] = "<m@x>", "a@x.example", "4 May 2026"
    letter.set_content("Plain copy.")
    letter.add_alternative("<p>Marked copy.</p>", subtype="html")
    letter.add_attachment(b"x", maintype="image", subtype="jpeg", filename="boat.jpg")
    letter.add_attachment(b"x", maintype="application", subtype="pdf", filename="list.pdf")
    (item,) = parsed(letter.as_bytes(), "mail")
    assert (item.body.strip(), item.markup) == ("Plain copy.", "text")
    assert [(link.relation, link.target) for link in item.links] == [
        ("picture", "boat.jpg"),
        ("see_also", "list.pdf"),
    ]


def test_a_letter_in_markup_alone_is_read_as_markup() -> None:
    (item,) = parsed(HEAD + b"Content-Type: text/html\n\n<p>The clock.</p>\n")
    assert (item.markup, item.body.strip()) == ("html", "<p>The clock.</p>")


@pytest.mark.parametrize("label", ["utf-8", "windows-1252", "no-such-charset", "x-unknown"])
def test_a_wrong_label_of_the_charset_is_no_reason_to_lose_the_copy(label: str) -> None:
    head = HEAD + f"Content-Type: text/plain; charset={label}\n\n".encode()
    (item,) = parsed(head + "Möwe\n".encode())
    assert item.body.strip() == "Möwe"


def test_soft_line_ends_are_undone_and_a_signature_is_left_out() -> None:
    flowed = HEAD + b"Content-Type: text/plain; format=flowed\n\nOne \ntwo.\nThree.\n-- \nAda\n"
    (item,) = parsed(flowed)
    assert item.body == "One two.\nThree.\n"


def test_a_mailbox_is_many_stories_and_its_quoted_lines_are_freed() -> None:
    quoted = LETTER.replace(b"The clock was", b">From now on the clock was")
    box = ENVELOPE + quoted + b"\n" + ENVELOPE + LETTER.replace(b"<one@", b"<two@")
    assert formats.guess(box) == "mail"
    batch = parsed(box)
    assert [item.id for item in batch] == ["one@post.example", "two@post.example"]
    assert [item.body.split()[0] for item in batch] == ["From", "The"]


def test_a_message_of_many_parts_that_was_cut_is_rejected_and_the_rest_of_the_box_is_read() -> None:
    cut = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nThe clo\n\n'
    batch = parsed(ENVELOPE + cut + ENVELOPE + LETTER)
    assert [item.id for item in batch] == ["one@post.example"]
    assert [(r.code, r.where) for r in batch.rejects] == [("truncated", "message 1")]


def test_copy_that_only_looks_a_little_like_mail_is_text() -> None:
    for body in (
        b"From: our correspondent\nDate: today\n\nThe clock was mended.",
        b"Source: Oak Ltd\nSubject: kites\n\nThe kite folds.",
        b"From Oslo in May 2026 the ferries sailed.\n\nThe clock was mended.",
    ):
        assert formats.guess(body) == "text"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_message_ends_the_reader(data: st.DataObject) -> None:
    letter = bytearray(
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\nContent-Transfer-Encoding: 8bit\n\n'
        b'--b\nContent-Type: text/plain; charset="utf-8"; format=flowed\n'
        b"Content-Transfer-Encoding: quoted-printable\n\nThe =C3=A9clock.\n--b\n"
        b'Content-Disposition: attachment; filename="=?utf-8?B?eA==?="\n\nx\n--b--\n'
    )
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(letter) - 1))
        letter[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    batch = parsed(bytes(letter), "mail")
    assert len(batch) + len(batch.rejects) >= 1


def test_a_form_that_is_not_whole_is_rejected() -> None:
    form = HEAD + b'Content-Type: text/plain\n\n{"Headline":["Gull"],"Body":["A gull'
    assert codes(parsed(form)) == ["truncated"]

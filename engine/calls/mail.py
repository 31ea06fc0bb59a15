"""Mail to a listed destination. It carries a number and a link, never names or categories."""

import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import parseaddr
from ssl import create_default_context
from typing import Any
from urllib.parse import unquote, urlsplit

from engine.calls.destinations import destination_of, leaving
from engine.calls.work import CallFailed, Work
from engine.masar import Masar
from engine.text import Text

SECONDS = 10


def do_mail(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Sends one mail; raises CallFailed when it was not taken."""
    destination = destination_of(masar.settings.destinations_file, work, "mail")
    lines = [f"{name}: {value}" for name, value in leaving(destination, work).items()]
    send_mail(
        masar.settings.smtp_url, destination.to, destination.subject or work.case_number,
        "\n".join([work.case_number, *lines, masar.settings.public_url]), f"<{work.id}@masar>",
    )
    return {}


def send_mail(smtp_url: str, to: str, subject: str, body: str, message_id: str) -> None:
    """Hands one message to the mail server named by smtp://user:password@host:port. Raises CallFailed."""
    server = urlsplit(smtp_url)
    if not server.hostname:
        raise CallFailed(Text("لم يُضبط خادم بريد (SMTP_URL).", "No mail server is set (SMTP_URL)."))
    message = EmailMessage()
    message["From"] = f"masar@{server.hostname}"
    message["To"] = parseaddr(to)[1]
    message["Subject"] = " ".join(subject.split())[:200]
    message["Message-ID"] = message_id
    message.set_content(body)
    try:
        with smtplib.SMTP(server.hostname, server.port or 25, timeout=SECONDS) as connection:
            if server.scheme == "smtps":
                connection.starttls(context=create_default_context())
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        kind = type(error).__name__
        raise CallFailed(Text(
            f"لم يقبل خادم البريد الرسالة ({kind}).", f"The mail server did not take the message ({kind}).")) from error

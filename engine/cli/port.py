"""Whether the address to listen on is free: asked before anything is started, and told in plain words."""

import errno
import socket

import click


def refuse_taken_port(host: str, port: int) -> None:
    """Ends the command when nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        raise click.ClickException(_why(error, host, port)) from error


def _why(error: Exception, host: str, port: int) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken: something listens there already. Choose another with PORT=…"
    if number == errno.EACCES:
        return f"This account may not listen on port {port}. Choose one above 1023 with PORT=…"
    return f"Nothing can listen on {host}:{port}. Mend HOST or PORT."

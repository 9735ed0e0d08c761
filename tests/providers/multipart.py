"""A form as the standard library reads it."""

from email import policy
from email.parser import BytesParser

from tests.providers.vendor import Seen


def parts(seen: Seen) -> list[tuple[str, str | None, str, bytes]]:
    """Name, file name, media type and content of each part, in their order."""
    head = f"Content-Type: {seen.headers['Content-Type']}\r\n\r\n".encode()
    form = BytesParser(policy=policy.HTTP).parsebytes(head + seen.body)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in form.iter_parts()
    ]


def fields(seen: Seen) -> dict[str, str]:
    return {name: content.decode() for name, file, _, content in parts(seen) if file is None}


def files(seen: Seen) -> list[tuple[str, str, str, bytes]]:
    """The parts that are files."""
    return [part for part in parts(seen) if part[1] is not None]

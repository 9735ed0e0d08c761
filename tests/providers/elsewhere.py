"""A second host with a public name and TLS, played on loopback."""

import datetime
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.providers.vendor import Vendor


class AllHere(AbstractResolver):
    """Every name is this machine, on one port."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def resolve(self, host, port=0, family=socket.AF_INET):
        here = {"host": "127.0.0.1", "port": self.port, "family": socket.AF_INET, "proto": 0, "flags": socket.AI_NUMERICHOST}
        return [{"hostname": host, **here}]

    async def close(self) -> None:
        """Nothing is held."""


@asynccontextmanager
async def session_to(vendor: Vendor, name: str, folder: Path) -> AsyncIterator[aiohttp.ClientSession]:
    """A session that finds ``name`` at this vendor, and believes a certificate made for it on the spot."""
    certificate, server = _certificate(name, folder), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", vendor.dispatch)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server).start()
    believed = ssl.create_default_context(cafile=certificate)
    connector = aiohttp.TCPConnector(resolver=AllHere(runner.addresses[0][1]), ssl=believed)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session
    await runner.cleanup()


def _certificate(name: str, folder: Path) -> Path:
    """Key and certificate in one file, signed by itself, good for an hour."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    hour = datetime.timedelta(hours=1)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(), now - hour, now + hour)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    file = folder / f"{name}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return file

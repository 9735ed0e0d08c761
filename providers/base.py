"""The one interface every provider is used through."""

from collections.abc import AsyncGenerator
from typing import Protocol, runtime_checkable

from providers.reports import Report
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, ProviderEvent


class Provider(Protocol):
    """One company or server behind an API.

    ``key`` is the first half of its model ids; ``key_name`` the environment variable that holds its API key; ``default_base_url``
    where the real service lives, without a trailing slash. A server of one's own also inherits
    ``providers.self_hosted.SelfHosted``: its address configures it, and the key is optional.
    """

    key: str
    label: str
    key_name: str
    default_base_url: str
    models: tuple[ModelSpec, ...]

    def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Ask for one image and yield what happens, in order; the last event is an ``ImageResult``.

        Stopping early (``aclose``) drops the connection. Raises only the tree in ``providers.errors``.
        """
        ...


@runtime_checkable
class Answerable(Protocol):
    """A provider that has a question which draws nothing and costs nothing; others simply lack the method."""

    async def check(self, access: Access, transport: Transport) -> Report:
        """Ask what it says about key, account and models. Raises only the tree in ``providers.errors``."""
        ...


@runtime_checkable
class Cancellable(Protocol):
    """A provider whose jobs can be called off; others simply lack the method."""

    async def cancel(self, request: ImageRequest, job_id: str, access: Access, transport: Transport) -> None:
        """Say that nobody waits for this job any more, so that it is not drawn, or not billed, for nothing.

        ``job_id`` is what ``Submitted`` told. A job that has ended meanwhile is no error. Raises only the tree in
        ``providers.errors``.
        """
        ...

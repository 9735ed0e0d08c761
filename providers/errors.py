"""Everything that can go wrong between us and a provider.

ProviderError
├── BadKey               the provider does not know the key
├── NoAccess             the key may not use this model
├── OutOfQuota           our account at the provider is empty or capped
├── RateLimited          too many requests; ``retry_after`` says when to come back
├── ModelGone            the provider has switched the model off
├── InvalidRequest       the provider rejects a field; ``field`` names it
├── Refused              the content policy declined the prompt or the picture
├── TimedOut             no answer in time (``may_have_billed`` once the request was sent)
├── ConnectionFailed     the request never reached the provider
├── ProviderDown         5xx: it was not the prompt
├── Paused               an admin or its budget has switched the provider off here; it was not asked
├── Resting              it has failed others so lately that it is left alone for now; it was not asked
└── BrokenAnswer         an answer arrived, but no usable picture in it

Two texts each: ``public`` is a finished sentence for the person at the screen; ``str(error)`` is for the log. A provider's raw
message never reaches ``public``, and what reaches the log is redacted on the way in.
"""

from enum import StrEnum

from providers.redaction import redact


class ErrorKind(StrEnum):
    BAD_KEY = "bad_key"
    NO_ACCESS = "no_access"
    OUT_OF_QUOTA = "out_of_quota"
    RATE_LIMITED = "rate_limited"
    MODEL_GONE = "model_gone"
    INVALID_REQUEST = "invalid_request"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    CONNECTION_FAILED = "connection_failed"
    PROVIDER_DOWN = "provider_down"
    PAUSED = "paused"
    RESTING = "resting"
    BROKEN_ANSWER = "broken_answer"


class ProviderError(Exception):
    """Base of the tree.

    ``retryable``: asking the same model again may help. ``may_have_billed``: the provider may have charged for this call, so the
    same request is never repeated to it. ``retry_after``: seconds to wait, when the provider said so.
    """

    kind: ErrorKind
    retryable = False
    may_have_billed = False
    public = "The provider returned an error. It was not your prompt."

    def __init__(
        self,
        log: str = "",
        *,
        request_id: str | None = None,
        retry_after: float | None = None,
        may_have_billed: bool | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(redact(log) or self.public)
        self.request_id = request_id
        self.retry_after = retry_after
        self.field = field
        if may_have_billed is not None:
            self.may_have_billed = may_have_billed


class BadKey(ProviderError):
    kind = ErrorKind.BAD_KEY
    public = "The key for this provider does not work. An admin can correct it."


class NoAccess(ProviderError):
    kind = ErrorKind.NO_ACCESS
    public = "Our account at this provider may not use this model."


class OutOfQuota(ProviderError):
    kind = ErrorKind.OUT_OF_QUOTA
    public = "Our account at this provider has run out. It was not your prompt."


class RateLimited(ProviderError):
    kind = ErrorKind.RATE_LIMITED
    retryable = True
    public = "Too many requests at this provider."


class ModelGone(ProviderError):
    kind = ErrorKind.MODEL_GONE
    public = "The provider has switched this model off."


class InvalidRequest(ProviderError):
    kind = ErrorKind.INVALID_REQUEST
    public = "The provider did not accept this request."


class Refused(ProviderError):
    kind = ErrorKind.REFUSED
    public = "This model declined the prompt. Its content policy stopped the request."


class TimedOut(ProviderError):
    kind = ErrorKind.TIMED_OUT
    may_have_billed = True
    public = "No answer in time. The provider is slow right now."


class ConnectionFailed(ProviderError):
    kind = ErrorKind.CONNECTION_FAILED
    retryable = True
    public = "The provider could not be reached. It was not your prompt."


class ProviderDown(ProviderError):
    kind = ErrorKind.PROVIDER_DOWN
    retryable = True
    public = "The provider returned an error. It was not your prompt."


class Paused(ProviderError):
    kind = ErrorKind.PAUSED
    public = "This provider is paused. It was not your prompt."


class Resting(ProviderError):
    kind = ErrorKind.RESTING
    public = "This model is not answering right now. It was not your prompt."


class BrokenAnswer(ProviderError):
    kind = ErrorKind.BROKEN_ANSWER
    may_have_billed = True
    public = "The file arrived damaged."


class CutOff(BrokenAnswer):
    """The connection ended in the middle of an answer: what is only fetched may be fetched again."""

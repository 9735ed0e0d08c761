"""Pooled database connections and answers that take long to send."""

from collections.abc import Callable
from functools import wraps

from django.db import connection


def given_back_at_once[**P, T](read: Callable[P, T]) -> Callable[P, T]:
    """Give the connection back when ``read`` returns.

    Django itself does so when the response has been sent, which is hours later for a stream and minutes for a picture on a slow
    line: twenty of either would leave none for anybody else.
    """

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return reading

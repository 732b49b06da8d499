"""A value that is worked out when it is first asked for, and then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801  (it is read as a decorator, like ``property``)
    """Like :func:`functools.cached_property`, without the lock that it takes before Python 3.12: for the hot path.

    The instance needs a ``__dict__``. Two threads at once may both work the value out.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[T]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> T | lazy[T]:
        """Work the value out; from then on the instance itself has it."""
        if instance is None:
            return self
        made = instance.__dict__[self._name] = self._make(instance)
        return made

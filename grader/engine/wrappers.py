"""Objects through which one reaches another: the views of a dict, `MappingProxyType`, a memoryview,
`weakref.proxy`. What an access touches is what is behind them.
"""

from __future__ import annotations

import gc
import weakref
from collections import OrderedDict
from types import MappingProxyType
from typing import Any, Final

from grader.engine import runtime

_EMPTY: Final[tuple[dict[Any, Any], ...]] = ({}, OrderedDict())
VIEWS: Final[tuple[type, ...]] = tuple(
    type(view) for each in _EMPTY for view in (each.keys(), each.values(), each.items())
)
PROXIES: Final[tuple[type, ...]] = (weakref.ProxyType, weakref.CallableProxyType)
_HOLDERS: Final = frozenset({MappingProxyType, *VIEWS})  # refer to one mapping, and nothing else
WRAPPERS: Final[frozenset[type]] = frozenset({*_HOLDERS, *PROXIES, memoryview})


def remember_proxy(proxy: Any, obj: Any) -> Any:
    """`proxy`, a weak one, which is of `obj`."""
    # By address: nobody else makes proxies, so a new one at the same address replaces the old.
    referents = runtime.current().state.setdefault("weak proxies", {})
    referents[id(proxy)] = weakref.ref(obj)
    return proxy


def referent_of(proxy: Any) -> Any:
    """What a weak proxy is of; None when that is gone, or nobody knows."""
    execution = runtime.now.execution
    known = None if execution is None else execution.state.get("weak proxies", {}).get(id(proxy))
    return None if known is None else known()


def behind(obj: Any) -> Any:
    """The object that one reaches through `obj`: itself, if it is no wrapper; None if nothing is
    there any more.
    """
    while type(obj) in WRAPPERS:
        if type(obj) in _HOLDERS:
            obj = gc.get_referents(obj)[0]
        elif type(obj) is memoryview:
            try:
                obj = obj.obj
            except ValueError:  # released
                return None
        else:
            obj = referent_of(obj)
    return obj

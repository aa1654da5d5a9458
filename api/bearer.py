"""Identity (本人確認): a token says who it is, the ledger's own appointments in which capacity."""

import time
from base64 import urlsafe_b64decode
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple, cast
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry
from pydantic_core import from_json

from api.issuer import IssuerKeys
from api.problems import CapacityNeeded, NotAppointed, NotSignedIn, NotYourCapacity
from api.turns import Turns
from domain.ledger import Ledger, Stream
from domain.staff import Staff, staff_id
from domain.values import Author, StaffId

_LEEWAY = 30
_LONGEST = 8192
_LONGEST_SUBJECT = 255
_MOST = 4096
_WRONG = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class _Verified(NamedTuple):
    staff: StaffId
    until: float
    generation: int


class Tokens:
    """Bearer tokens; one that was verified is believed until it expires or the keys change."""

    def __init__(
        self,
        keys: IssuerKeys,
        audience: str,
        algorithms: Sequence[str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keys, self._algorithms, self._clock = keys, list(algorithms), clock
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": keys.issuer},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            exp={"essential": True},
        )
        self._seen: OrderedDict[bytes, _Verified] = OrderedDict()

    def seen(self, token: str) -> StaffId | None:
        """Whose token it is, if it was verified before; never asks anybody."""
        known = self._seen.get(_digest(token))
        if known and known.until > self._clock() and known.generation == self._keys.generation:
            return known.staff
        return None

    def verify(self, token: str) -> StaffId:
        try:
            subject, expires = self._verified(token)
        except _WRONG as wrong:
            raise NotSignedIn from wrong
        staff = staff_id(self._keys.issuer, subject)
        self._seen[_digest(token)] = _Verified(staff, expires + _LEEWAY, self._keys.generation)
        while len(self._seen) > _MOST:
            self._seen.popitem(last=False)
        return staff

    def _verified(self, token: str) -> tuple[str, float]:
        if len(token) > _LONGEST:
            raise NotSignedIn
        key = self._keys.key(_kid(token))
        if key is None:
            raise NotSignedIn
        registry = JWSRegistry(algorithms=self._algorithms)
        claims = jwt.decode(token, key, self._algorithms, registry).claims
        self._claims.validate(claims)
        subject = claims["sub"]
        if len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
            raise NotSignedIn
        return subject, float(claims["exp"])


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _kid(token: str) -> str | None:
    """The key the header names; the signature is checked with that key or not at all."""
    head = token.partition(".")[0]
    kid = from_json(urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("kid")
    return None if kid is None else str(kid)


def staff_from(ledger: Ledger) -> Turns:
    """The staff as the log has it at the moment of asking."""

    def ask(wanted: list[UUID]) -> dict[UUID, Staff]:
        found = ledger.states.current([Stream(Staff, staff) for staff in wanted])
        return {state.id: cast("Staff", state) for state in found}

    return Turns(ask)


def author(staff: Staff, day: date, chosen: UUID | None) -> Author:
    """Who acts, in the capacity held on that day; an appointment ends with the next request."""
    held = staff.capacities(day)
    if not held:
        raise NotAppointed
    if chosen is not None and chosen not in held:
        raise NotYourCapacity
    if chosen is None and len(held) > 1:
        raise CapacityNeeded(
            appointments=[
                {"appointment": str(key), **capacity.model_dump(mode="json")}
                for key, capacity in held.items()
            ]
        )
    return Author(staff=StaffId(staff.id), capacity=held[chosen or next(iter(held))])

"""Who may come in: a token of the issuer, for this audience, now; and an appointment, today."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from api.bearer import Tokens
from api.dev_issuer import DEV_ISSUER
from api.issuer import IssuerKeys
from api.problems import IssuerUnavailable, NotSignedIn
from domain.staff import staff_id
from tests.api.town import Town, problem, who

ISSUER = "https://login.example.jp/realms/town"
RSA = RSAKey.generate_key(2048, auto_kid=True)
STRANGER = RSAKey.generate_key(2048, {"kid": str(RSA.kid)})


class Issuer:
    """An issuer one can rotate and break, that counts how often it is asked."""

    def __init__(self, *keys: Key) -> None:
        self.keys = list(keys)
        self.asked = 0
        self.broken = False
        self.now = 0.0
        self.source = IssuerKeys(ISSUER, self.fetch, clock=lambda: self.now)
        self.tokens = Tokens(self.source, "setai", ("RS256", "ES256"))

    def fetch(self, url: str) -> Any:
        self.asked += 1
        if self.broken:
            raise ValueError
        if url.endswith("/.well-known/openid-configuration"):
            return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"}
        return {"keys": [key.as_dict(private=False) for key in self.keys]}


def signed(key: Key = RSA, alg: str = "RS256", **changed: Any) -> str:
    claims = {"iss": ISSUER, "aud": "setai", "sub": "tanaka", "exp": time.time() + 60, **changed}
    stated = {name: value for name, value in claims.items() if value is not None}
    header = {"alg": alg, "kid": key.kid} if key.kid else {"alg": alg}
    return jwt.encode(header, stated, key, [alg])


def unsigned() -> str:
    return _unsigned({"alg": "none", "kid": RSA.kid}) + "."


def _unsigned(header: dict[str, Any]) -> str:
    claims = {"iss": ISSUER, "aud": "setai", "sub": "tanaka", "exp": time.time() + 60}
    parts = (json.dumps(part).encode() for part in (header, claims))
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def confused() -> str:
    """The public key, which everybody knows, taken as the secret of a shared-key signature."""
    text = _unsigned({"alg": "HS256", "kid": RSA.kid})
    digest = hmac.digest(RSA.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def test_a_token_of_the_issuer_names_the_staff_member() -> None:
    assert Issuer(RSA).tokens.verify(signed()) == staff_id(ISSUER, "tanaka")


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda: signed(STRANGER), id="another key under the same id"),
        pytest.param(lambda: signed(exp=time.time() - 31), id="expired"),
        pytest.param(lambda: signed(exp=None), id="without an end"),
        pytest.param(lambda: signed(exp="tomorrow"), id="with an end that is no time"),
        pytest.param(lambda: signed(nbf=time.time() + 60), id="not valid yet"),
        pytest.param(lambda: signed(aud="another"), id="for another audience"),
        pytest.param(lambda: signed(aud=None), id="for nobody"),
        pytest.param(lambda: signed(iss="https://login.example.jp"), id="of another issuer"),
        pytest.param(lambda: signed(sub=None), id="about nobody"),
        pytest.param(lambda: signed(sub=""), id="about an empty name"),
        pytest.param(lambda: signed(sub=["tanaka"]), id="about a list"),
        pytest.param(lambda: signed(sub="x" * 256), id="about too long a name"),
        pytest.param(lambda: signed(alg="RS512"), id="by an algorithm not agreed on"),
        pytest.param(lambda: signed()[:-4] + "AAAA", id="with its signature changed"),
        pytest.param(unsigned, id="not signed at all"),
        pytest.param(confused, id="signed with the public key"),
        pytest.param(lambda: "x" * 9000, id="too long"),
        pytest.param(lambda: "." * 3, id="empty parts"),
        pytest.param(lambda: "bm9uZQ.e30.", id="a head that is no object"),
        pytest.param(lambda: "\udcff.\udcff.\udcff", id="no text"),
    ],
)
def test_a_wrong_token_lets_nobody_in(forged: Callable[[], str]) -> None:
    with pytest.raises(NotSignedIn):
        Issuer(RSA).tokens.verify(forged())


def test_a_token_nested_beyond_measure_lets_nobody_in() -> None:
    head = base64.urlsafe_b64encode(b"[" * 6000).decode()
    with pytest.raises(NotSignedIn):
        Issuer(RSA).tokens.verify(f"{head}.e30.x")


def test_a_verified_token_is_believed_until_it_expires() -> None:
    issuer = Issuer(RSA)
    now = time.time()
    issuer.tokens = Tokens(issuer.source, "setai", ("RS256",), clock=lambda: now)
    token = signed(exp=now + 60)
    staff = issuer.tokens.verify(token)
    assert issuer.tokens.seen(token) == staff
    now += 91
    assert issuer.tokens.seen(token) is None


def test_a_flood_of_unknown_keys_asks_the_issuer_once_in_a_while() -> None:
    issuer = Issuer(RSA)
    issuer.tokens.verify(signed())
    issuer.now = 11
    asked = issuer.asked
    for _ in range(50):
        with pytest.raises(NotSignedIn):
            issuer.tokens.verify(signed(ECKey.generate_key("P-256", auto_kid=True), "ES256"))
    assert issuer.asked - asked == 2  # the document and the keys, once


def test_a_new_key_of_the_issuer_is_found() -> None:
    issuer = Issuer(RSA)
    issuer.tokens.verify(signed())
    new = ECKey.generate_key("P-256", auto_kid=True)
    issuer.keys, issuer.now = [new], 11
    assert issuer.tokens.verify(signed(new, "ES256")) == staff_id(ISSUER, "tanaka")


def test_a_key_the_issuer_no_longer_has_opens_nothing_even_for_tokens_seen_before() -> None:
    issuer = Issuer(RSA)
    old = signed()
    issuer.tokens.verify(old)
    new = ECKey.generate_key("P-256", auto_kid=True)
    issuer.keys, issuer.now = [new], 11
    issuer.tokens.verify(signed(new, "ES256"))
    assert issuer.tokens.seen(old) is None
    with pytest.raises(NotSignedIn):
        issuer.tokens.verify(old)


def test_an_issuer_out_of_reach_is_no_fault_of_the_token() -> None:
    issuer = Issuer(RSA)
    issuer.broken = True
    with pytest.raises(IssuerUnavailable):
        issuer.tokens.verify(signed())


def test_known_keys_outlive_an_issuer_that_breaks() -> None:
    issuer = Issuer(RSA)
    issuer.tokens.verify(signed())
    issuer.broken, issuer.now = True, 4000
    assert issuer.tokens.verify(signed(sub="sato")) == staff_id(ISSUER, "sato")


def test_keys_of_another_issuer_are_not_taken() -> None:
    source = IssuerKeys(ISSUER, lambda _: {"issuer": "https://evil.example", "jwks_uri": "x"})
    with pytest.raises(IssuerUnavailable):
        source.key("any")


def test_without_a_token_nothing_is_answered(town: Town) -> None:
    answered = town.client.get("/me")
    problem(answered, 401, "NotSignedIn")
    assert answered.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer", "Basic dGFuYWth", "Bearer x", "bearer \xff"])
def test_a_header_that_is_no_token_is_refused(town: Town, header: str) -> None:
    answered = town.client.get("/me", headers={b"Authorization": header.encode("latin-1")})
    problem(answered, 401, "NotSignedIn")


def test_a_forged_development_token_is_refused(town: Town) -> None:
    key = ECKey.generate_key("P-256", auto_kid=True)
    token = signed(key, "ES256", iss=DEV_ISSUER)
    problem(
        town.client.get("/me", headers={"Authorization": f"Bearer {token}"}), 401, "NotSignedIn"
    )


def test_the_capacity_comes_from_the_ledger_alone(town: Town) -> None:
    token = town.issuer.mint("tanaka", groups=["administrator"], roles=["administrator"])
    answered = town.client.get("/me", headers={"Authorization": f"Bearer {token}"}).json()
    assert answered["staff"] == str(who("tanaka"))
    assert [held["capacity"]["role"] for held in answered["appointments"]] == ["counsellor"]


def test_somebody_the_issuer_knows_and_the_ledger_does_not_may_do_nothing(town: Town) -> None:
    assert town.get("/me", "nobody").json()["appointments"] == []
    problem(town.post("/sittings", SITTING, "nobody"), 403, "NotAppointed")


SITTING = {"body": "support", "held_on": "2026-12-01"}
DESK = {"agency": "city", "desk": "layered", "role": "coordinator"}


def test_an_appointment_ends_with_the_next_request(town: Town) -> None:
    registered = town.post(
        "/staff", {"issuer": DEV_ISSUER, "subject": "ono", "name": "小野"}, "admin"
    )
    ono = registered.json()["id"]
    body = {**DESK, "role": "convener", "period": {"start": "2020-04-01"}}
    appointed = town.post(f"/staff/{ono}/appointments", body, "admin").json()["id"]
    assert town.post("/sittings", SITTING, "ono").status_code == 201
    ending = f"/staff/{ono}/appointments/{appointed}/ending"
    assert town.post(ending, {"last_day": "2020-05-01"}, "admin").status_code == 201
    problem(town.post("/sittings", SITTING, "ono"), 403, "NotAppointed")


def test_an_appointment_of_tomorrow_opens_nothing_today(town: Town) -> None:
    registered = town.post(
        "/staff", {"issuer": DEV_ISSUER, "subject": "abe", "name": "阿部"}, "admin"
    )
    body = {**DESK, "period": {"start": "2199-04-01"}}
    town.post(f"/staff/{registered.json()['id']}/appointments", body, "admin")
    problem(town.post("/sittings", SITTING, "abe"), 403, "NotAppointed")


def test_with_several_appointments_the_capacity_is_chosen(town: Town) -> None:
    registered = town.post(
        "/staff", {"issuer": DEV_ISSUER, "subject": "hara", "name": "原"}, "admin"
    )
    hara = registered.json()["id"]
    for role in ("coordinator", "convener"):
        body = {**DESK, "role": role, "period": {"start": "2020-04-01"}}
        last = town.post(f"/staff/{hara}/appointments", body, "admin").json()["id"]
    offered = problem(town.post("/sittings", SITTING, "hara"), 403, "CapacityNeeded")
    assert {each["appointment"] for each in offered["appointments"]} >= {last}
    chosen = town.headers("hara", **{"Setai-Capacity": last})
    assert town.client.post("/sittings", json=SITTING, headers=chosen).status_code == 201
    wrong = town.headers("hara", **{"Setai-Capacity": str(uuid4())})
    problem(town.client.post("/sittings", json=SITTING, headers=wrong), 403, "NotYourCapacity")

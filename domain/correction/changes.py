"""訂正の中身: what is to read otherwise. Its paragraphs are read as those of any other act, so that
what they say of themselves is asked about, and no words are kept in the clear.
"""

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    PlainSerializer,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic_core.core_schema import SerializationInfo

from domain.events import CATALOGUE
from domain.labels import Narrative
from domain.stating import ParagraphDraft
from domain.texts import holds_text
from domain.values import Personal, Value

Drafts = tuple[ParagraphDraft, ...]
_DRAFTS: TypeAdapter[Drafts] = TypeAdapter(Drafts)
_FIELDS = [each for kind in CATALOGUE.values() for each in kind.model_fields.items()]
_NARRATIVES = frozenset(name for name, field in _FIELDS if field.annotation == Narrative)
_WORDY = frozenset(name for name, field in _FIELDS if holds_text(field.annotation))
_PLAIN = frozenset(name for name, _ in _FIELDS) - _WORDY
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""Codes, days and ids are kept as they are, where no fact has words; anything else may be about
somebody.
"""


def _read(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _drafts(name, given) or _marked(given, plain=name in _PLAIN)
        for name, given in changes.items()
    }


def _drafts(name: str, given: Any) -> Drafts | None:
    """None where it is no narrative, or does not read as one: the decision will say so."""
    if name not in _NARRATIVES:
        return None
    try:
        return _DRAFTS.validate_python([{"text": given}] if isinstance(given, str) else given)
    except ValidationError:
        return None


def _marked(given: Any, *, plain: bool) -> Any:
    match given:
        case str() if not isinstance(given, Personal):
            return given if plain and _CODE.fullmatch(given) else Personal(given)
        case dict():
            return {name: _marked(each, plain=plain) for name, each in given.items()}
        case list():
            return [_marked(each, plain=plain) for each in given]
        case _:
            return given


def _kept(given: Any, info: SerializationInfo) -> Any:
    """As JSON, personal text through the sealer of the context."""
    match given:
        case Value():
            return given.model_dump(mode="json", context=info.context)
        case Personal():
            return (info.context or {}).get("seal", str)(given)
        case dict():
            return {name: _kept(each, info) for name, each in given.items()}
        case list() | tuple():
            return [_kept(each, info) for each in given]
        case _:
            return given


Field = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,64}$")]
Changes = Annotated[dict[Field, Any], AfterValidator(_read), PlainSerializer(_kept)]

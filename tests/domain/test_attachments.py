"""添付."""

from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest

from domain.attachments import (
    BEGINNINGS,
    MOST_BYTES,
    AttachFile,
    FileTooLarge,
    FileUnreadable,
    MediaTypeNotAllowed,
    attach_file,
)
from domain.events.intake import ConsultationReceived
from domain.labels import OwnRecord
from tests.domain.given import (
    CHILD,
    CONSULTATION,
    act,
    fact,
    household,
    label,
    settled,
    stamp,
)


def attach(content: bytes | str, **fields: Any) -> AttachFile:
    text = content if isinstance(content, str) else b64encode(content).decode()
    about = {"kind": "attachment-kinds-1", "title": "同意書", "media_type": "application/pdf"}
    return act(AttachFile, **{**about, "content": text, **fields})


@pytest.mark.parametrize("media_type", BEGINNINGS)
def test_the_usual_kinds_of_file_may_be_attached(media_type: str) -> None:
    content = BEGINNINGS[media_type][-1] + b"..."
    [told] = attach_file(household(), attach(content, media_type=media_type), stamp())
    assert (told.size, told.media_type) == (len(content), media_type)


def test_other_kinds_of_file_may_not() -> None:
    with pytest.raises(MediaTypeNotAllowed):
        attach_file(household(), attach(b"MZ", media_type="application/x-msdownload"), stamp())


@pytest.mark.parametrize("content", ["%%%", "あ", b"GIF89a"])
def test_a_file_is_what_it_says(content: bytes | str) -> None:
    with pytest.raises(FileUnreadable):
        attach_file(household(), attach(content), stamp())


def test_a_file_has_its_limit_whatever_the_profile_allows() -> None:
    with pytest.raises(FileTooLarge):
        attach_file(household(), attach(b"%PDF-" + b"x" * MOST_BYTES), stamp())
    profile = settled(attachment_bytes=5)
    with pytest.raises(FileTooLarge):
        attach_file(household(), attach(b"%PDF-1"), stamp(profile=profile))


HEARD = {"kind": "sitting", "sitting": str(UUID(int=0x51)), "item": str(UUID(int=0x52))}


def told(**labelled: Any) -> ConsultationReceived:
    return fact(
        ConsultationReceived,
        consultation=CONSULTATION,
        route="visit",
        window="general",
        fields=[],
        issues=[],
        consulter="neighbour",
        urgency="routine",
        label=label(CHILD, **labelled),
    )


@pytest.mark.parametrize(
    "marked",
    [
        {"tags": ["informant"]},
        {"tags": ["partner-agency", "location"]},
        {"concealed": True},
        {"basis": HEARD},
    ],
)
def test_a_file_is_marked_as_what_it_belongs_to(marked: dict[str, Any]) -> None:
    belongs, of = household(told(**marked)), label(**marked)
    [scan] = attach_file(belongs, attach(b"%PDF-1", to=CONSULTATION), stamp())
    [apart] = attach_file(belongs, attach(b"%PDF-1"), stamp())
    assert (scan.label.tags, scan.label.concealed, scan.label.basis) == (
        *(of.tags, of.concealed),
        of.basis,
    )
    assert (apart.label.tags, apart.label.concealed, apart.label.basis) == ((), False, OwnRecord())

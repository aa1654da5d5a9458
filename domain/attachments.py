"""添付（同意書の写し、他機関の様式）: sealed and labelled like a paragraph, of bounded size."""

import binascii
from base64 import b64decode
from typing import ClassVar
from uuid import UUID

from domain.conditions import about_members, as_closed_as, known, labels_of, may_write
from domain.events.support import FileAttached
from domain.household import Household
from domain.labels import BySitting
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import Code, Personal

MOST_BYTES = 512 * 1024
"""What fits into a request body with room to spare, whatever a profile allows."""

_ZIP = (b"PK\x03\x04",)
_OFFICE = "application/vnd.openxmlformats-officedocument"
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
    f"{_OFFICE}.wordprocessingml.document": _ZIP,
    f"{_OFFICE}.spreadsheetml.sheet": _ZIP,
}
"""The kinds of file that may be attached, and how each begins."""


class AttachFile(CaseCommand):
    """`content` is base64; `to` the record it belongs to (a consent, a plan …)."""

    of_the_desk: ClassVar[bool] = True

    kind: Code
    title: Personal
    media_type: str
    content: Personal
    to: UUID | None = None


class MediaTypeNotAllowed(Refused):
    """この種類のファイルは添付できません。PDF・画像・Word・Excel のいずれかにしてください。"""


class FileUnreadable(Refused):
    """ファイルが壊れているか、示された種類のファイルではありません。"""


class FileTooLarge(Refused):
    """ファイルが大きすぎます。解像度を下げるか、分けて添付してください。"""


def attach_file(household: Household, command: AttachFile, stamp: Stamp) -> list[FileAttached]:
    may_write(household, stamp)
    about_members(household, command, stamp)
    known(stamp, "attachment-kinds", command.kind)
    if command.media_type not in BEGINNINGS:
        raise MediaTypeNotAllowed(allowed=list(BEGINNINGS))
    most = min(MOST_BYTES, stamp.profile.settings(stamp.today).attachment_bytes)
    size = len(content := _decoded(command.content))
    if size > most:
        raise FileTooLarge(most=most)
    if not content.startswith(BEGINNINGS[command.media_type]):
        raise FileUnreadable
    closed = _as_marked(household, as_closed_as(household, command, command.to))
    return [stated(FileAttached, closed, stamp, attachment=stamp.new_id("attachment"), size=size)]


def _as_marked(household: Household, command: AttachFile) -> AttachFile:
    """Nobody marks a part of a scan: of a place, a 通報者 and a 支援会議 it tells where the record
    does to which it belongs.
    """
    labels = list(labels_of(household, command.to))
    tags = (tag for label in labels for tag in label.tags)
    heard = (label.basis for label in labels if isinstance(label.basis, BySitting))
    marked = {
        "tags": tuple(dict.fromkeys((*command.tags, *tags))),
        "concealed": command.concealed or any(label.concealed for label in labels),
        "basis": command.basis or next(heard, None),
    }
    return command.model_copy(update=marked)


def _decoded(content: str) -> bytes:
    try:
        return b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise FileUnreadable from None

"""書きかた: a consultation, a file that is attached, or a quick note; and the words in each."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from tests.api.crawl.lives import Word

FORMS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "": ("/consultations", {"route": "visit", "consulter": "family", "category": "consultation"}),
    "file": ("/attachments", {"kind": "attachment-kinds-1", "media_type": "application/pdf"}),
    "note": ("/notes", {}),
}


def worded(word: Word, text: str, hidden: list[str]) -> dict[str, Any]:
    """A file says it in its name and within; of a consultation it may be one part."""
    label: dict[str, Any] = {"category": word.category, "hidden_from": hidden}
    label |= {"tags": [word.tag] if word.tag else [], "concealed": word.concealed}
    if word.form == "note":
        return {"text": text}
    if word.form == "file":
        content = b64encode(f"%PDF- {text}".encode()).decode()
        return {"title": text, "content": content, **label}
    if word.part:
        return {"narrative": [{"text": "よくあること。"}, {"text": text, **label}]}
    return {"narrative": [{"text": text}], **label}

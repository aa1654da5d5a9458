"""個人情報保護担当の手引き: what it tells an officer to send is what is taken."""

import json
import re
from pathlib import Path
from typing import Any

from tests.api.audit.desk import OFFICER, taken_in, urgently
from tests.api.town import Town, who

_CURL = re.compile(r'curl -X POST "\$URL(?P<path>[^"]+)".* -d \'(?P<body>[^\']+)\'')


def test_both_calls_that_write_are_taken_as_the_manual_says_them(town: Town) -> None:
    home = taken_in(town)
    share = urgently(town, home)
    ids = {"世帯": home["household"], "提供": share["id"], "職員": str(who("sato"))}
    text = Path("docs/privacy-officer.md").read_text("utf-8")
    found = [(named(each["path"], ids), named(each["body"], ids)) for each in _CURL.finditer(text)]
    assert [path.rsplit("/", 1)[1] for path, _ in found] == ["review", "alert-findings"]
    for path, body in found:
        said: dict[str, Any] = json.loads(body)
        answered = town.post(path, said, OFFICER)
        assert answered.status_code == 201, answered.text


def named(text: str, ids: dict[str, str]) -> str:
    for name, each in ids.items():
        text = text.replace(f"{{{name}}}", each)
    return text

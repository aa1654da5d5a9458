"""通知文: what goes out to whoever asked for disclosure, told from the outcome alone."""

from collections.abc import Mapping

from domain.events.rights import DisclosureOutcome

_HEAD = "保有個人情報の開示請求について（通知）\n\n"
_APPEAL = (
    "\n\nこの決定に不服があるときは、この通知を受けた日の翌日から起算して三月以内に、"
    "審査請求をすることができます。"
)
_SAYS: Mapping[DisclosureOutcome, str] = {
    DisclosureOutcome.FULL: "請求のあった保有個人情報の全部を開示します。",
    DisclosureOutcome.PARTIAL: (
        "請求のあった保有個人情報のうち、個人情報の保護に関する法律第78条第1項に定める部分を除いて、"
        "開示します（同法第79条）。"
    ),
    DisclosureOutcome.REFUSED: (
        "請求のあった保有個人情報は、個人情報の保護に関する法律第82条第2項により、開示しません。"
    ),
    DisclosureOutcome.NEITHER: (
        "請求のあった保有個人情報については、その存否を答えるだけで不開示情報を開示することとなるため、"
        "個人情報の保護に関する法律第81条により、存否を明らかにしないで請求を拒否します。"
    ),
}


def notice(outcome: DisclosureOutcome) -> str:
    """Rule 29: nothing of the request or of the record is in it, so that 存否応答拒否 reads the
    same, byte for byte, whether there is anything or not.
    """
    return f"{_HEAD}{_SAYS[outcome]}{_APPEAL}"

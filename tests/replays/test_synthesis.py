"""The invented city: the same bytes everywhere, and no decision refuses any of it."""

import json
import os
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from api.profiles import load_profile, shipped_profiles
from domain.ledger import ledger_in_memory
from replays.loading.lines import every_line, read_manifest, request_of
from replays.synthesis import NotEmpty, synthesize
from replays.synthesis.chance import Chance
from replays.synthesis.scans import signed_form

SEED = 7
GOLDEN = "839ea5abf28405a70f0e33903bbedb6a8c607c97cc0b5fe62f6d775064a2383c"
"""Of 40 households of 芦屋; it changes with the profile, the lives and the decisions' commands."""
_LARGE = 4000
_SMALL = """
import sys
from pathlib import Path
from api.profiles import load_profile
from replays.synthesis import synthesize
synthesize(load_profile("ashiya"), 40, 7, Path(sys.argv[1]), lambda _: None)
"""
_LIVED = """
    TakeIn ScreenConsultation CloseSupport ReopenSupport SuspendSupport ReceiveConsultation
    MakeReferral AcceptReferral ReturnReferral WithdrawReferral NameLead HandOverWork
    GiveConsent SeekConsent WithdrawConsent ShareInformation RequestInformation
    AnswerInformationRequest ReviewShare ReportAbuse CheckFacts TakeProtection ProvideShelter
    StartConcealment ExtendConcealment ProposeEnding EndConcealment AgreeSafeContact
    RecordAddress KeepNote LabelNote DropNote AttemptOutreach MakeContact UseEntryService
    IdentifyPerson RecordAssessment JudgeEligibility ConveneSitting AddAgendaItem
    InviteAttendee NotifyDuty OpenRoom RecordPresence RecordDeparture GiveOutPaper
    TakeBackPaper CloseRoom WriteUpSitting BringToSitting DecideInMeeting DraftPlan DecidePlan
    RatifyPlan EvaluatePlan LeavePlanUnreached MatchParticipation StartParticipation
    FollowUpParticipation EndParticipation AppointGuardian ReceiveExpertAdvice NotePerson
    LeaveHousehold SplitHousehold MergePersons MergeHouseholds AppointFirst RegisterStaff
    Appoint EndAppointment RegisterResource HoldActivity RaiseCommunityIssue
    AnswerCommunityIssue NoteCareNeed NoteVisitRisk SupportDecision CorrectFact WithdrawMisfiled
    AttachFile
""".split()  # noqa: SIM905 - a list of words


def _digest(directory: Path) -> str:
    files = sorted(path for path in directory.iterdir() if path.is_file())
    return sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def _city(directory: Path, profile: str = "ashiya", households: int = 40) -> dict[str, Any]:
    return synthesize(load_profile(profile), households, SEED, directory, lambda _: None)


def test_a_small_city_is_written_as_it_always_was(tmp_path: Path) -> None:
    _city(tmp_path / "city")

    assert _digest(tmp_path / "city") == GOLDEN


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "America/Lima", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2024", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"},
    ],
)
def test_the_bytes_depend_on_nothing_around(tmp_path: Path, surroundings: dict[str, str]) -> None:
    command = [sys.executable, "-c", _SMALL, str(tmp_path / "city")]
    subprocess.run(command, check=True, env={**os.environ, **surroundings})

    assert _digest(tmp_path / "city") == GOLDEN


def test_another_seed_is_another_city(tmp_path: Path) -> None:
    synthesize(load_profile("ashiya"), 40, 8, tmp_path / "city", lambda _: None)

    assert _digest(tmp_path / "city") != GOLDEN


@pytest.mark.parametrize("profile", shipped_profiles())
def test_no_decision_refuses_any_of_it(tmp_path: Path, profile: str, nightly: int) -> None:
    """One city large enough for what is rare; by night all of them."""
    large = profile == "ashiya" or nightly > 1
    manifest = _city(tmp_path, profile, _LARGE if large else 250)
    ledger, given = ledger_in_memory(demonstration=True), load_profile(profile)

    for line in every_line(tmp_path, manifest):
        ledger.record_now(request_of(line, given))

    assert ledger.head() > manifest["commands"]


@cache
def _acts() -> dict[str, int]:
    """Of a city large enough for what is rare."""
    with TemporaryDirectory() as directory:
        acts: dict[str, int] = _city(Path(directory) / "city", households=_LARGE)["acts"]
        return acts


@pytest.mark.parametrize("act", _LIVED)
def test_a_city_lives_through(act: str) -> None:
    assert _acts().get(act)


def test_most_contacts_are_answered_at_once() -> None:
    acts = _acts()

    assert acts["TakeIn"] > 3900
    assert acts["BringToSitting"] < 0.12 * acts["TakeIn"]
    assert acts["CloseSupport"] > 0.75 * acts["TakeIn"]


def test_a_scanned_form_is_a_file_that_can_be_opened() -> None:
    one, other = (signed_form(Chance("scan", number)) for number in range(2))
    table = int(one.split()[-2])
    places = [int(row.split()[0]) for row in one[table:].splitlines()[3:7]]

    assert one.startswith(b"%PDF-")
    assert one[table:].startswith(b"xref")
    assert [one[place:].split()[0] for place in places] == [b"1", b"2", b"3", b"4"]
    assert one != other


def test_lines_are_in_the_order_of_recording(tmp_path: Path) -> None:
    manifest = _city(tmp_path)
    moments = [json.loads(line)["at"] for line in every_line(tmp_path, manifest)]

    assert moments == sorted(moments)


def test_the_manifest_names_every_byte(tmp_path: Path) -> None:
    manifest = _city(tmp_path)

    assert read_manifest(tmp_path) == manifest
    assert manifest["commands"] == sum(file["commands"] for file in manifest["files"])
    assert (manifest["profile"], manifest["seed"], manifest["households"]) == ("ashiya", SEED, 40)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()

    with pytest.raises(NotEmpty):
        _city(tmp_path)

"""どの機関の、どの係の: what somebody names by its code where they ask for the cases of it."""

from collections.abc import Iterable

from domain.profile import Profile


class NoAgency(Exception):
    """自治体の設定にない機関です。"""


class NoDesk(NoAgency):
    """自治体の設定にない係です。"""


def there_is(profile: Profile, agency: str | None, desk: str | None) -> None:
    """Nobody's cases are another answer than no such agency, or no such desk of it."""
    asked = [each for each in profile.agencies if agency in {None, each.id}]
    if not asked:
        raise NoAgency(_one_of(NoAgency, (each.id for each in profile.agencies)))
    desks = {each.id for one in asked for each in one.desks}
    if desk not in {None, *desks}:
        raise NoDesk(_one_of(NoDesk, desks))


def _one_of(kind: type[Exception], codes: Iterable[str]) -> str:
    return f"{kind.__doc__} 選べる値: {', '.join(sorted(set(codes))) or 'なし'}"

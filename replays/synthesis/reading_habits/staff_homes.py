"""職員の住まい: where the staff live; a few of their families are known to the offices."""

from functools import cached_property
from uuid import UUID

from replays.synthesis.chance import Chance
from replays.synthesis.names import address
from replays.synthesis.reading_habits.known import Home
from replays.synthesis.reading_habits.year import Year

_IN_THE_CITY, _FAMILY_KNOWN = 0.65, 0.05


class StaffHomes:
    def __init__(self, year: Year) -> None:
        self.year = year
        self.families: dict[UUID, Home] = {}
        self.addresses: dict[UUID, str] = {}
        for member in year.city.roster.staff:
            chance = Chance(year.city.profile.id, year.city.seed, "staff-home", member.id)
            found = self._family(member.name.surname_kana, chance)
            if found:
                self.families[member.id] = found
                self.addresses[member.id] = found.address
            elif chance.happens(_IN_THE_CITY):
                self.addresses[member.id] = address(chance)

    def _family(self, surname: str, chance: Chance) -> Home | None:
        """A parent, a brother: of the name, at the address, and known to some office."""
        if not chance.happens(_FAMILY_KNOWN):
            return None
        housed = [home for home in self.year.known.surnamed(surname) if home.address]
        return chance.pick(housed) if housed else None

    @cached_property
    def neighbours(self) -> dict[UUID, list[Home]]:
        """Households in the block of one of the staff, as far as some office wrote it down."""
        blocks: dict[str, list[Home]] = {}
        for home in self.year.homes:
            if home.address:
                blocks.setdefault(block(home.address), []).append(home)
        near = {staff: blocks.get(block(text), []) for staff, text in self.addresses.items()}
        return {
            staff: others
            for staff, homes in near.items()
            if (others := [home for home in homes if home is not self.families.get(staff)])
        }


def block(text: str) -> str:
    """街区: the address without house number and room."""
    return text.partition("番")[0]

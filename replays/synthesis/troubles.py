"""困りごと: how people come, who speaks for them, and what 課題 their 分野 brings along."""

from replays.synthesis.chance import Chance

ROUTES = (
    ("visit", 34),
    ("phone", 30),
    ("family-visit", 8),
    ("family-phone", 12),
    ("agency-introduction", 7),
    ("welfare-commissioner", 4),
    ("other-section", 4),
    ("neighbour", 1),
)
_OF_FIELD = {
    "elderly": ("care", "illness", "isolation", "life-habits"),
    "disability": ("disability-certified", "disability-suspected", "mental-health", "job-keeping"),
    "children": ("childcare", "school-refusal", "family", "single-parent"),
    "needy": ("poverty", "debt", "job-seeking", "housing", "household-finance"),
}
_OF_FAMILY = {
    "8050": (("elderly", "needy", "disability"), ("8050", "isolation", "care")),
    "hikikomori": (("needy", "disability"), ("isolation", "mental-health", "family")),
    "young-carer": (("children", "disability", "needy"), ("young-carer", "care", "school-refusal")),
    "double-care": (("elderly", "children"), ("double-care", "care", "childcare")),
    "single-mother": (("needy", "children"), ("single-parent", "poverty", "mental-health")),
    "siblings": (("elderly", "disability"), ("hoarding", "self-neglect", "isolation")),
    "foreign": (("needy", "children"), ("foreign-national", "poverty", "literacy")),
    "elder": (("elderly", "needy"), ("self-neglect", "hoarding", "isolation")),
}
_OTHERS_TELL = {
    "agency-introduction": "agency",
    "welfare-commissioner": "neighbour",
    "other-section": "agency",
}


def issues_of(field: str, chance: Chance) -> list[str]:
    return chance.some(_OF_FIELD.get(field, ("other",)), chance.between(1, 2))


def consulter_of(route: str) -> str:
    if route.startswith("family"):
        return "family"
    return _OTHERS_TELL.get(route, "neighbour" if route == "neighbour" else "self")


def weighed_down(family: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields and 課題 of a family whose troubles have piled up."""
    return _OF_FAMILY.get(family, (("needy",), ("isolation",)))

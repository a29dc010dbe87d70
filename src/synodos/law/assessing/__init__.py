"""From situations to findings: which norms apply, and what follows?"""

from synodos.law.assessing.assess import assess, judged, party_names
from synodos.law.assessing.grouping import Group, grouped
from synodos.law.assessing.policies import with_policies
from synodos.law.assessing.profiles import Profile, Profiles, profiles
from synodos.law.assessing.program import program

__all__ = [
    "Group",
    "Profile",
    "Profiles",
    "assess",
    "grouped",
    "judged",
    "party_names",
    "profiles",
    "program",
    "with_policies",
]

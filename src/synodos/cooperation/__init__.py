"""Cooperation: where do plans meet, and who depends on whom?"""

from synodos.cooperation.aspects import Aspect
from synodos.cooperation.dependence import AgencyDependence, Dependence, Dependences, SinglePoint, dependence
from synodos.cooperation.matching import ANYWHERE, Claims, Tree, matches
from synodos.cooperation.opportunities import (
    OPPORTUNITY_KINDS,
    Agreed,
    Opportunities,
    Opportunity,
    ScorePart,
    opportunities,
)
from synodos.cooperation.profile import Profile, partners_of, profile
from synodos.cooperation.weights import Weights, default_weights

__all__ = [
    "ANYWHERE",
    "OPPORTUNITY_KINDS",
    "AgencyDependence",
    "Agreed",
    "Aspect",
    "Claims",
    "Dependence",
    "Dependences",
    "Opportunities",
    "Opportunity",
    "Profile",
    "ScorePart",
    "SinglePoint",
    "Tree",
    "Weights",
    "default_weights",
    "dependence",
    "matches",
    "opportunities",
    "partners_of",
    "profile",
]

from evaluations.followers import JudgedFollower
from tests.fairs.models import Stall


class StallFollower(JudgedFollower):
    model = Stall

from awards.sockets import FOLLOWING
from core.process import Process
from evaluations.kinds import KINDS
from tests.fairs.follow import StallFollower
from tests.fairs.kind import FAIR

PROCESS = Process(plugs={FOLLOWING: [StallFollower()], KINDS: [FAIR]})

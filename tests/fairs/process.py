from core.process import Process
from evaluations.kinds import KINDS
from tests.fairs.kind import FAIR

PROCESS = Process(plugs={KINDS: [FAIR]})

from core.permissions import NOBODY, Own, permit
from organization.rules import is_planning

LINK = "throwaway.link"
PLANNING = "기획예산과 담당자가 할 수 있습니다."
permit("throwaway.list", is_planning, PLANNING, reveals=NOBODY)
permit("throwaway.view", is_planning, PLANNING, bearer=Own(LINK), reveals="slip")
permit("throwaway.answer", is_planning, "받은 사람이 회신할 수 있습니다.", bearer=Own(LINK), reveals="slip")
permit("throwaway.close", is_planning, PLANNING, reveals=NOBODY)

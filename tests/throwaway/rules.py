from core.permissions import Own, permit
from organization.rules import is_planning

LINK = "throwaway.link"
permit("throwaway.view", is_planning, "기획예산과 담당자가 볼 수 있습니다.", bearer=Own(LINK))
permit("throwaway.answer", is_planning, "받은 사람이 회신할 수 있습니다.", bearer=Own(LINK))
permit("throwaway.close", is_planning, "기획예산과 담당자가 종결할 수 있습니다.")

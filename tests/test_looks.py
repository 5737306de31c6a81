"""Every page that shows or hands out personal data is written down, whatever the browser sends (D3, D6)."""

import pytest

from core.models import AccessLog
from tests.test_permission_matrix import address, addresses, client_of
from tests.world import World

PART = {"HX-Request": "true", "HX-Target": "list"}  # what kept looks from the log once
# Whose pages leave a row; every other address leaves none. Own things never do.
LOOKED = {
    "planner": """
        incentives:indicators_excel
        clubs:bests clubs:travellers
        incentives:rewards incentives:thanks incentives:thanks_commendation incentives:thanks_confirm
        incentives:thanks_merit
        absence_cancel absence_change absences attachment
        awards:ask_revocation awards:award awards:certificate awards:certificates awards:give_back awards:hand_over
        awards:hand_over_many awards:leave awards:list awards:merit awards:paper awards:refuse_revocation
        awards:release awards:revoke awards:take_back awards:tax awards:withhold
        import_export jobs letters:cancel letters:edit letters:letter letters:mark letters:paper letters:redirect
        letters:release letters:retry mileage:entries mileage:entry mileage:entry_reverse mileage:handover
        mileage:handover_report mileage:handovers mileage:learning mileage:person mileage:person_scheme
        mileage:ranking mileage:ranking_cancel mileage:ranking_confirm mileage:ranking_discard
        mileage:ranking_list mileage:ranking_recompute mileage:ranking_report mileage:request
        mileage:request_confirm mileage:request_reject mileage:requests mileage:summary meetings:seat_edit
        notifications:outbox
        reports:document reports:run
        evaluations:objection evaluations:objections
    """,
    "general_affairs": """
        incentives:indicators_excel
        clubs:bests clubs:travellers
        incentives:rewards incentives:thanks incentives:thanks_commendation incentives:thanks_merit
        awards:award awards:certificate awards:certificates awards:give_back awards:hand_over
        awards:hand_over_many awards:leave awards:list awards:merit awards:paper awards:take_back awards:tax
        mileage:hand_over mileage:handover mileage:handover_report mileage:handover_withdraw
        mileage:handovers mileage:learning
    """,
    "auditor": """
        incentives:indicators_excel
        clubs:bests clubs:travellers
        incentives:rewards incentives:thanks incentives:thanks_commendation incentives:thanks_merit
        awards:award awards:certificate awards:certificates awards:leave awards:list awards:merit
        awards:paper awards:tax
        access_check access_check_check access_checks
        access_log attachment audit_log leaks:close leaks:edit leaks:gather leaks:group leaks:group_new
        leaks:group_remove leaks:leak leaks:notice leaks:persons leaks:report leaks:report_paper leaks:tell
        leaks:withdraw
        mileage:entries mileage:entry mileage:handover
        mileage:handover_report mileage:handovers mileage:learning mileage:person mileage:person_scheme
        mileage:ranking mileage:ranking_list mileage:ranking_report mileage:request mileage:requests
        mileage:summary reports:document reports:run staff staff_detail transition_log
        evaluations:objection evaluations:objections
    """,
    "admin": """
        incentives:indicators_excel
        absence_cancel absence_change absences access_check access_check_check access_checks
        access_log audit_log jobs leaks:close leaks:edit leaks:gather leaks:group leaks:group_new
        leaks:group_remove leaks:leak leaks:notice leaks:persons leaks:report leaks:report_paper leaks:tell
        leaks:withdraw
        notifications:mail
        notifications:outbox password_issue password_slips setup_roles staff staff_detail staff_disable
        staff_edit staff_enable staff_list staff_list_apply staff_list_edit staff_list_undo staff_lists
        staff_reset_password staff_passwords staff_role_revoke staff_roles staff_transfer
        staff_transfer_withdraw
    """,
    "bearer": "throwaway:answer throwaway:file throwaway:slip",
    "stranger": "incentives:indicators_excel",
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", LOOKED)
def test_d6_what_a_page_answers_with_is_logged_with_any_header(world: World, role: str) -> None:
    client, left = client_of(world, role), set()
    for name, pattern in addresses():
        before = AccessLog.objects.count()
        response = client.get(address(name, pattern, world.ids), headers=PART)
        if response.streaming:
            list(response.streaming_content)  # type: ignore[attr-defined]  # a file's answer is a stream
        if written := AccessLog.objects.count() - before:
            assert (written, response.status_code) == (1, 200), name
            left.add(name)
    assert left == set(LOOKED[role].split())

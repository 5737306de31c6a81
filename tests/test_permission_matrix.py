"""Every address × every role, in one table (O3). An address that is not in it fails the test.

GET with the identifiers of `tests.world`: department A reviews, B (stranger, other_head) has nothing to do with it.
302 sends to the log-in (or, for who is logged in, onward); 404 = not allowed to know; 405 = only by POST.
Whoever may not GET may not POST either.

Bearers have more columns: one whose pass is of the slip in the address, one with a pass of another slip, one who writes
a proposal without an account, and who has made one. What is not in their table answers them as whoever is unknown.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.now import today
from core.views.bearer import COOKIE
from tests.world import ROLES, World

# anonymous stranger reviewer head other_head planner general_affairs executive auditor admin judge
MATRIX = """
attachment                           302 404 200 200 404 200 404 200 200 404 404
small_picture                        302 404 200 200 404 200 404 200 200 404 404
job                                  302 404 404 404 404 200 404 404 404 404 404
draft                                302 405 405 405 405 405 405 405 405 405 405
export_reason                        302 404 404 404 404 404 404 404 404 404 404
saved_filters                        302 200 200 200 200 200 200 200 200 200 200
saved_filter_new                     302 404 404 404 404 404 404 404 404 404 404
saved_filter_delete                  302 404 404 404 404 200 404 404 404 404 404
saved_filter                         302 404 404 404 404 200 404 404 404 404 404
search                               302 200 200 200 200 200 200 200 200 200 403
display                              405 405 405 405 405 405 405 405 405 405 405
attribution                          200 200 200 200 200 200 200 200 200 200 200
healthz                              200 200 200 200 200 200 200 200 200 200 200
healthz_pages                        200 200 200 200 200 200 200 200 200 200 200
home                                 302 200 200 200 200 200 200 200 200 200 200
notifications:nudge                  302 403 403 405 405 405 403 403 403 403 403
done                                 302 200 200 200 200 200 200 200 200 200 200
next                                 302 302 302 302 302 302 302 302 302 302 302
notifications:list                   302 200 200 200 200 200 200 200 200 200 200
notifications:read                   302 405 405 405 405 405 405 405 405 405 405
notifications:read_all               302 405 405 405 405 405 405 405 405 405 405
notifications:open                   302 404 404 404 404 302 404 404 404 404 404
notifications:outbox                 302 403 403 403 403 200 403 403 403 200 403
notifications:outbox_bulk            302 403 403 403 403 405 403 403 403 405 403
notifications:mail                   302 403 403 403 403 200 403 403 403 200 403
me                                   302 200 200 200 200 200 200 200 200 200 200
me_email                             302 200 200 200 200 200 200 200 200 200 200
login_code                           302 302 302 302 302 302 302 302 302 302 302
me_code                              302 403 403 403 403 200 403 403 403 200 403
me_code_off                          302 302 302 302 302 302 302 302 302 302 302
me_sessions                          302 200 200 200 200 200 200 200 200 200 200
me_session_end                       302 200 200 200 200 200 200 200 200 200 200
me_absence                           302 200 200 200 200 200 200 200 200 200 403
departments                          302 200 200 200 200 200 200 200 200 200 403
department_new                       302 403 403 403 403 403 403 403 403 200 403
department                           302 200 200 200 200 200 200 200 200 200 403
department_edit                      302 403 403 403 403 403 403 403 403 200 403
department_change                    302 403 403 403 403 403 403 403 403 200 403
department_change_withdraw           302 403 403 403 403 403 403 403 403 404 403
staff                                302 200 200 200 200 200 200 200 200 200 403
staff_new                            302 403 403 403 403 403 403 403 403 200 403
staff_passwords                      302 403 403 403 403 403 403 403 403 200 403
staff_passwords_chosen               302 403 403 403 403 403 403 403 403 405 403
password_issue                       302 403 403 403 403 403 403 403 403 200 403
password_slips                       302 403 403 403 403 403 403 403 403 200 403
setup                                302 403 403 403 403 403 403 403 403 200 403
setup_office                         302 403 403 403 403 403 403 403 403 200 403
setup_checks                         302 403 403 403 403 403 403 403 403 200 403
setup_roles                          302 403 403 403 403 403 403 403 403 200 403
setup_end                            302 403 403 403 403 403 403 403 403 200 403
setup_pass                           302 403 403 403 403 403 403 403 403 405 403
office_logo                          404 404 404 404 404 404 404 404 404 404 404
staff_lists                          302 403 403 403 403 403 403 403 403 200 403
staff_list                           302 403 403 403 403 403 403 403 403 200 403
staff_list_edit                      302 403 403 403 403 403 403 403 403 200 403
staff_list_apply                     302 403 403 403 403 403 403 403 403 200 403
staff_list_undo                      302 403 403 403 403 403 403 403 403 200 403
staff_role_revoke                    302 403 403 403 403 403 403 403 403 200 403
staff_detail                         302 403 403 403 403 403 403 403 200 200 403
staff_edit                           302 403 403 403 403 403 403 403 403 200 403
staff_transfer                       302 403 403 403 403 403 403 403 403 200 403
staff_transfer_withdraw              302 403 403 403 403 403 403 403 403 200 403
staff_roles                          302 403 403 403 403 403 403 403 403 200 403
staff_disable                        302 403 403 403 403 403 403 403 403 200 403
staff_enable                         302 403 403 403 403 403 403 403 403 200 403
staff_reset_password                 302 403 403 403 403 403 403 403 403 200 403
holidays                             302 200 200 200 200 200 200 200 200 200 403
holiday_new                          302 403 403 403 403 200 403 403 403 200 403
holiday_delete                       302 403 403 403 403 200 403 403 403 200 403
absences                             302 403 403 403 403 200 403 403 403 200 403
absence_new                          302 403 403 403 403 200 403 403 403 200 403
absence_change                       302 404 403 200 404 200 404 404 404 200 403
absence_cancel                       302 404 403 200 404 200 404 404 404 200 403
jobs                                 302 403 403 403 403 200 403 403 403 200 403
jobs_retry                           302 403 403 403 403 405 403 403 403 405 403
audit_log                            302 403 403 403 403 403 403 403 200 200 403
transition_log                       302 403 403 403 403 403 403 403 200 403 403
access_log                           302 403 403 403 403 403 403 403 200 200 403
destruction_log                      302 403 403 403 403 403 403 403 200 200 403
access_checks                        302 403 403 403 403 403 403 403 200 200 403
access_check                         302 403 403 403 403 403 403 403 200 200 403
access_check_check                   302 403 403 403 403 403 403 403 200 200 403
imports                              302 404 404 404 404 200 404 404 404 200 404
import_known                         302 404 404 404 404 200 404 404 404 200 404
import_known_word                    302 404 404 404 404 200 404 404 404 404 404
import_known_forget                  302 404 404 404 404 200 404 404 404 404 404
import_resume                        302 404 404 404 404 302 404 404 404 404 404
import_tables                        302 404 404 404 404 200 404 404 404 404 404
import_words                         302 404 404 404 404 200 404 404 404 404 404
import_rows                          302 404 404 404 404 200 404 404 404 404 404
import_skip                          302 404 404 404 404 200 404 404 404 404 404
import_skipped                       302 404 404 404 404 302 404 404 404 404 404
import_returned                      302 404 404 404 404 200 404 404 404 404 404
import_drop                          302 404 404 404 404 200 404 404 404 404 404
import_undo                          302 404 404 404 404 302 404 404 404 404 404
import_start                         302 403 403 403 403 200 403 403 403 403 403
import_template                      302 403 403 403 403 200 403 403 403 403 403
import_export                        302 403 403 403 403 200 403 403 403 403 403
import_result                        302 403 403 403 403 302 403 403 403 403 403
policies                             302 200 200 200 200 200 200 200 200 200 403
policies_process                     302 200 200 200 200 200 200 200 200 200 403
policy_withdraw                      302 403 403 403 403 404 403 403 403 403 403
policy                               302 200 200 200 200 200 200 200 200 200 403
policy_change                        302 403 403 403 403 200 403 403 403 403 403
profiles                             302 403 403 403 403 200 403 403 403 200 403
profile                              302 403 403 403 403 200 403 403 403 200 403
dashboard                            302 403 403 403 403 200 403 200 200 403 403
statistics                           302 200 200 200 200 200 200 200 200 200 403
reports:runs                         302 200 200 200 200 200 200 200 200 200 403
reports:make                         302 403 403 403 403 200 403 403 403 403 403
reports:calendar                     302 200 200 200 200 200 200 200 200 200 403
reports:recipients                   302 403 403 403 403 200 403 403 403 403 403
reports:recipients_add               302 403 403 403 403 200 403 403 403 403 403
reports:recipient_remove             302 403 403 403 403 404 403 403 403 403 403
reports:run                          302 404 404 404 404 200 404 200 200 404 403
reports:progress                     302 404 404 404 404 200 404 200 200 404 403
reports:compare                      302 404 404 404 404 200 404 200 200 404 403
reports:again                        302 403 403 403 403 200 403 403 403 403 403
reports:retry                        302 403 403 403 403 200 403 403 403 403 403
reports:resend                       302 403 403 403 403 200 403 403 403 403 403
reports:document                     302 404 404 404 404 200 404 200 200 404 403
benchmarking:cases                   302 200 200 200 200 200 200 200 200 200 403
benchmarking:case_new                302 200 200 200 200 200 200 200 200 200 403
benchmarking:similar                 302 200 200 200 200 200 200 200 200 200 403
benchmarking:bulk                    302 403 403 403 403 302 403 403 403 403 403
benchmarking:dispatch_many           302 403 403 403 403 200 403 403 403 403 403
benchmarking:rereview                302 403 403 403 403 200 403 403 403 403 403
benchmarking:case                    302 404 200 200 404 200 404 200 200 404 403
benchmarking:case_edit               302 404 403 403 404 200 404 403 403 404 403
benchmarking:case_cancel             302 404 404 404 404 200 404 403 403 404 403
benchmarking:case_take_in            302 404 403 404 404 200 404 403 403 404 403
benchmarking:case_return_report      302 404 403 404 404 200 404 403 403 404 403
benchmarking:case_report_again       302 404 200 404 404 403 404 403 403 404 403
benchmarking:due                     302 403 403 403 403 200 403 403 403 403 403
benchmarking:dispatched              302 403 403 403 403 302 403 403 403 403 403
benchmarking:case_restore            302 403 403 403 403 200 403 403 403 403 403
benchmarking:case_correct_record     302 403 403 403 403 200 403 403 403 403 403
benchmarking:case_withdraw_record    302 403 403 403 403 200 403 403 403 403 403
benchmarking:case_restore_record     302 403 403 403 403 200 403 403 403 403 403
benchmarking:dispatch                302 403 403 403 403 200 403 403 403 403 403
benchmarking:case_report             302 404 200 200 404 200 404 200 200 404 403
benchmarking:reviews                 302 200 200 200 200 200 200 200 200 200 403
benchmarking:review                  302 404 200 200 404 200 404 200 200 404 403
benchmarking:review_assign           302 404 403 200 404 200 404 403 403 404 403
benchmarking:review_take             302 404 200 200 404 403 404 403 403 404 403
benchmarking:review_withdraw         302 404 200 200 404 403 404 403 403 404 403
benchmarking:review_confirm          302 404 403 200 404 403 404 403 403 404 403
benchmarking:review_send_back        302 404 403 200 404 403 404 403 403 404 403
benchmarking:review_reopen           302 403 403 403 403 200 403 403 403 403 403
benchmarking:review_recall           302 403 403 403 403 200 403 403 403 403 403
benchmarking:review_extend           302 404 200 200 404 403 404 403 403 404 403
benchmarking:review_pause            302 404 200 200 404 403 404 403 403 404 403
benchmarking:review_resume           302 404 200 200 404 200 404 403 403 404 403
benchmarking:review_report           302 404 200 200 404 200 404 200 200 404 403
benchmarking:clock_decide            302 403 403 403 403 200 403 403 403 403 403
benchmarking:clock_withdraw          302 404 200 200 404 403 404 403 403 404 403
benchmarking:follow_ups              302 200 200 200 200 200 200 200 200 200 403
benchmarking:follow_up               302 404 200 200 404 200 404 200 200 404 403
benchmarking:follow_up_report        302 404 200 200 404 200 404 403 403 404 403
benchmarking:follow_up_move          302 404 200 200 404 200 404 403 403 404 403
benchmarking:follow_up_confirm       302 404 403 403 404 200 404 403 403 404 403
benchmarking:follow_up_withdraw      302 404 200 200 404 200 404 403 403 404 403
benchmarking:follow_up_send_back     302 404 403 403 404 200 404 403 403 404 403
benchmarking:follow_up_undo_confirm  302 404 403 403 404 200 404 403 403 404 403
benchmarking:follow_up_drop          302 404 200 200 404 200 404 403 403 404 403
benchmarking:follow_up_resume        302 404 200 200 404 200 404 403 403 404 403
proposals:home                       200 200 200 200 200 200 200 200 200 200 200
proposals:guide                      200 200 200 200 200 200 200 200 200 200 200
proposals:find                       200 200 200 200 200 200 200 200 200 200 200
proposals:alike                      200 200 200 200 200 200 200 200 200 200 200
proposals:public                     200 200 200 200 200 200 200 200 200 200 200
proposals:start                      200 200 200 200 200 200 200 200 200 200 200
proposals:writing                    404 404 404 404 404 404 404 404 404 404 404
proposals:writing_change             404 404 404 404 404 404 404 404 404 404 404
proposals:writing_difference         404 404 404 404 404 404 404 404 404 404 404
proposals:writing_send               404 404 404 404 404 404 404 404 404 404 404
proposals:writing_file               404 404 404 404 404 404 404 404 404 404 404
proposals:writing_draft              404 404 404 404 404 404 404 404 404 404 404
proposals:mine                       404 404 404 404 404 404 404 404 404 404 404
proposals:mine_supplement            404 404 404 404 404 404 404 404 404 404 404
proposals:mine_withdraw              404 404 404 404 404 404 404 404 404 404 404
proposals:mine_file                  404 404 404 404 404 404 404 404 404 404 404
proposals:mine_draft                 404 404 404 404 404 404 404 404 404 404 404
proposals:calls                      200 200 200 200 200 200 200 200 200 200 200
proposals:call                       200 200 200 200 200 200 200 200 200 200 200
proposals:desk_calls                 302 200 200 200 200 200 200 200 200 200 403
proposals:desk_call                  302 200 200 200 200 200 200 200 200 200 403
proposals:desk_call_new              302 200 200 200 200 200 200 200 200 200 403
proposals:desk_call_edit             302 403 403 403 403 200 403 403 403 403 403
proposals:desk_call_ask              302 403 403 403 403 200 403 403 403 403 403
proposals:desk_call_return           302 403 403 403 403 403 403 403 403 403 403
proposals:desk_call_publish          302 403 403 403 403 403 403 403 403 403 403
proposals:desk_call_withdraw         302 403 403 403 403 200 403 403 403 403 403
proposals:desk                       302 200 200 200 200 200 200 200 200 200 403
proposals:propose                    302 200 200 200 200 200 200 200 200 200 403
proposals:desk_page                  302 200 200 200 200 200 200 200 200 200 403
proposals:enter                      302 403 403 403 403 200 403 403 403 403 403
proposals:desk_contact               302 403 403 403 403 200 403 403 403 403 403
proposals:desk_contact_shown         302 403 403 403 403 302 403 403 403 403 403
proposals:desk_let_in                302 403 403 403 403 200 403 403 403 403 403
proposals:lookup                     200 200 200 200 200 200 200 200 200 200 200
proposals:desk_ask_supplement        302 403 403 403 403 200 403 403 403 403 403
proposals:desk_lapse                 302 403 403 403 403 200 403 403 403 403 403
proposals:desk_adopt                 302 403 403 403 403 200 403 403 403 403 403
proposals:desk_reject                302 403 403 403 403 200 403 403 403 403 403
proposals:desk_dismiss               302 403 403 403 403 200 403 403 403 403 403
proposals:desk_convert               302 403 403 403 403 200 403 403 403 403 403
proposals:desk_finish_petition       302 403 403 403 403 200 403 403 403 403 403
proposals:desk_transfer              302 403 403 403 403 200 403 403 403 403 403
proposals:desk_link                  302 403 403 403 403 200 403 403 403 403 403
proposals:desk_take_back             302 403 403 403 403 200 403 403 403 403 403
proposals:desk_supplement            302 403 403 403 403 403 403 403 403 403 403
proposals:desk_withdraw              302 403 403 403 403 403 403 403 403 403 403
budgets:current                      302 403 403 403 403 200 200 200 200 403 403
budgets:entries                      302 403 403 403 403 200 200 200 200 403 403
budgets:year                         302 403 403 403 403 200 200 200 200 403 403
budgets:change                       302 403 403 403 403 200 403 403 403 403 403
budgets:report                       302 403 403 403 403 200 200 200 200 403 403
visits:list                          302 200 200 200 200 200 200 200 200 200 403
visits:new                           302 403 403 403 403 200 403 403 403 403 403
visits:request                       302 404 200 200 404 403 404 403 403 404 403
visits:orders                        302 403 403 403 403 403 200 403 403 403 403
visits:visit                         302 404 200 200 404 200 200 200 200 404 403
visits:edit                          302 404 200 200 404 403 403 403 403 404 403
visits:submit                        302 404 200 200 404 403 403 403 403 404 403
visits:withdraw                      302 404 200 200 404 403 403 403 403 404 403
visits:approve                       302 404 403 403 404 200 403 403 403 404 403
visits:undo_approve                  302 404 403 403 404 200 403 403 403 404 403
visits:restore                       302 404 403 403 404 200 403 403 403 404 403
visits:correct_record                302 403 403 403 403 200 403 403 403 403 403
visits:drop_record                   302 403 403 403 403 200 403 403 403 403 403
visits:send_back                     302 404 403 403 404 200 403 403 403 404 403
visits:reject                        302 404 403 403 404 200 403 403 403 404 403
visits:amend                         302 404 200 200 404 403 403 403 403 404 403
visits:cancel                        302 404 200 200 404 200 403 403 403 404 403
visits:order                         302 404 403 403 404 403 200 403 403 404 403
visits:correct_order                 302 404 403 403 404 403 200 403 403 404 403
visits:void_order                    302 404 403 403 404 403 200 403 403 404 403
visits:travel                        302 404 200 200 404 403 403 403 403 404 403
visits:report                        302 403 200 200 403 403 403 403 403 403 403
visits:withdraw_report               302 403 200 200 403 403 403 403 403 403 403
visits:return_report                 302 404 403 403 404 200 403 403 403 404 403
visits:settle                        302 404 403 403 404 200 403 403 403 404 403
visits:repay                         302 404 403 403 404 200 403 403 403 404 403
visits:undo_settle                   302 404 403 403 404 200 403 403 403 404 403
visits:plan                          302 404 200 200 404 200 200 200 200 404 403
visits:result                        302 200 200 200 200 200 200 200 200 200 403
welcome                              404 404 404 404 404 404 404 404 404 404 404
pass                                 404 404 404 404 404 404 404 404 404 404 404
throwaway:ask                        200 200 200 200 200 200 200 200 200 200 200
throwaway:list                       302 403 403 403 403 200 403 403 403 403 403
throwaway:desk                       302 403 403 403 403 200 403 403 403 403 403
throwaway:desk_close                 302 403 403 403 403 200 403 403 403 403 403
throwaway:slip                       404 404 404 404 404 404 404 404 404 404 404
throwaway:answer                     404 404 404 404 404 404 404 404 404 404 404
throwaway:file                       404 404 404 404 404 404 404 404 404 404 404
throwaway:draft                      404 404 404 404 404 404 404 404 404 404 404
mileage:statement                    302 200 200 200 200 200 200 200 200 200 403
mileage:rankings                     302 200 200 200 200 200 200 200 200 200 403
mileage:ranking_list                 302 403 403 403 403 200 403 403 200 403 403
mileage:ranking_new                  302 403 403 403 403 200 403 403 403 403 403
mileage:ranking                      302 200 200 200 200 200 200 200 200 200 403
mileage:ranking_recompute            302 403 403 403 403 200 403 403 403 403 403
mileage:ranking_confirm              302 403 403 403 403 200 403 403 403 403 403
mileage:ranking_discard              302 403 403 403 403 200 403 403 403 403 403
mileage:ranking_cancel               302 403 403 403 403 200 403 403 403 403 403
mileage:ranking_report               302 200 200 200 200 200 200 200 200 200 403
mileage:prize                        302 403 403 403 403 200 403 403 403 403 403
mileage:prize_undo                   302 403 403 403 403 200 403 403 403 403 403
mileage:learning                     302 403 403 403 403 200 200 403 200 403 403
mileage:learning_bulk                302 403 403 403 403 403 302 403 403 403 403
mileage:hand_over                    302 403 403 403 403 403 200 403 403 403 403
mileage:handovers                    302 403 403 403 403 200 200 403 200 403 403
mileage:handover                     302 403 403 403 403 200 200 403 200 403 403
mileage:handover_report              302 403 403 403 403 200 200 403 200 403 403
mileage:handover_withdraw            302 403 403 403 403 403 200 403 403 403 403
mileage:statement_of                 302 200 200 200 200 200 200 200 200 200 403
mileage:rules                        302 200 200 200 200 200 200 200 200 200 403
mileage:summary                      302 403 403 403 403 200 403 403 200 403 403
mileage:person                       302 403 403 403 403 200 403 403 200 403 403
mileage:person_scheme                302 403 403 403 403 200 403 403 200 403 403
mileage:entries                      302 403 403 403 403 200 403 403 200 403 403
mileage:entry                        302 404 200 404 404 200 404 404 200 404 403
mileage:entry_reverse                302 403 403 403 403 200 403 403 403 403 403
mileage:requests                     302 403 403 403 403 200 403 403 200 403 403
mileage:request_new                  302 403 403 403 403 200 403 403 403 403 403
mileage:request                      302 403 403 403 403 200 403 403 200 403 403
mileage:request_confirm              302 403 403 403 403 200 403 403 403 403 403
mileage:request_reject               302 403 403 403 403 200 403 403 403 403 403
mileage:request_withdraw             302 403 403 403 403 403 403 403 403 403 403
login                                200 302 302 302 302 302 302 302 302 302 302
logout                               405 405 405 405 405 405 405 405 405 405 405
password_change                      302 200 200 200 200 200 200 200 200 200 200
set_language                         302 302 302 302 302 302 302 302 302 302 302
"""
BEARER = {
    "throwaway:slip": "200",
    "throwaway:answer": "200",
    "throwaway:file": "200",
    "throwaway:draft": "405",
}
WRITER = {
    "proposals:writing": "200",
    "proposals:writing_change": "200",
    "proposals:writing_difference": "200",
    "proposals:writing_send": "200",
    "proposals:writing_draft": "405",
}
PROPOSER = {
    "proposals:mine": "200",
    "proposals:mine_supplement": "200",
    "proposals:mine_withdraw": "200",
    "proposals:mine_file": "200",
    "proposals:mine_draft": "405",
}
BEARERS = ("bearer", "other_bearer", "writer", "proposer")
COLUMNS = (*ROLES, *BEARERS)
TABLE = {
    name: [
        unknown,
        *known,
        *(of.get(name, unknown) for of in (BEARER, {}, WRITER, PROPOSER)),
    ]
    for name, unknown, *known in (line.split() for line in MATRIX.strip().splitlines())
}

# Which identifier an address needs, by the beginning of its name; the first that fits.
NEEDS = (
    ("proposals:writing", "writing"),
    ("proposals:call", "call"),
    ("proposals:desk_call", "call"),
    ("proposals:", "proposal"),
    ("throwaway:", "slip"),
    ("attachment", "attachment"),
    ("small_picture", "picture"),
    ("saved_filter", "saved_filter"),
    ("job", "job"),
    ("notifications:open", "notice"),
    ("notifications:mail", "mail"),
    ("department_change_withdraw", "nothing"),
    ("password_", "password_issue"),
    ("welcome", "user"),
    ("department", "department"),
    ("staff_role_revoke", "role"),
    ("staff_list", "staff_list"),
    ("staff", "user"),
    ("access_check", "check"),
    ("holiday", "holiday"),
    ("absence", "absence"),
    ("import_known", "word"),
    ("import_", "intake"),
    ("policy_withdraw", "nothing"),
    ("mileage:ranking", "ranking"),
    ("mileage:prize_undo", "prize"),
    ("mileage:prize", "prize_row"),
    ("mileage:handover", "handover"),
    ("reports:recipient_remove", "nothing"),
    ("reports:", "report"),
    ("visits:request", "review"),
    ("visits:report", "travelled"),
    ("visits:result", "settled"),
    ("visits:withdraw_report", "settled"),
    ("visits:correct_record", "recorded"),
    ("visits:drop_record", "recorded"),
    ("visits:", "visit"),
    ("mileage:person", "user"),
    ("mileage:entry", "entry"),
    ("mileage:request", "mileage_request"),
    ("benchmarking:review", "review"),
    ("benchmarking:clock", "adjustment"),
    ("benchmarking:follow", "follow_up"),
    ("benchmarking:case_cancel", "registered"),
    ("benchmarking:case_take_in", "reported"),
    ("benchmarking:case_return", "reported"),
    ("benchmarking:case_report_again", "returned"),
    ("benchmarking:case_correct_record", "past_case"),
    ("benchmarking:case_withdraw_record", "past_case"),
    ("benchmarking:case_restore_record", "past_case"),
    ("benchmarking:", "case"),
)
KINDS = {"department_change": "rename", "budgets": "travel"}
OTHER = {
    "name": lambda name: "jung-gu-2016",
    "kind": lambda name: KINDS.get(name.partition(":")[0], "benchmarking-cases"),
    "scheme": lambda name: "learning",
    "slug": lambda name: "benchmarking-analysis",
    "mark": lambda name: "others",
    "fmt": lambda name: "json",
    "process": lambda name: "benchmarking",
    "token": lambda name: "nothing",
    "draft": lambda name: "x",
    "year": lambda name: today().year,
    "number": lambda name: 1,
}


def addresses(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{found.namespace}:" if found.namespace else ""
            yield from addresses(found, namespace + inner)
        else:
            yield namespace + (found.name or str(found.pattern)), found


def address(name: str, pattern: URLPattern, ids: dict[str, Any]) -> str:
    values = {}
    for key in pattern.pattern.converters:
        if key == "pk":
            values[key] = ids[next(need for start, need in NEEDS if name.startswith(start))]
        elif key == "file":
            values[key] = ids["proposal_file" if name.startswith("proposals:") else "slip_file"]
        elif key == "key":
            values[key] = "x" if name in ("draft", "setup_pass") else ids["policy"]
        else:
            values[key] = OTHER[key](name)
    query = f"?pk={ids['registered']}" if name == "benchmarking:dispatch_many" else ""
    return reverse(name, kwargs=values) + query


@pytest.mark.django_db  # by such a mark alone is a database made
def test_every_address_is_in_the_matrix() -> None:
    assert {name for name, _pattern in addresses()} == set(TABLE)


def client_of(world: World, role: str) -> Client:
    client = Client()
    if user := world.people.get(role):
        client.force_login(user)
    if token := world.tokens.get(role):
        client.cookies[COOKIE] = token  # this client sends it everywhere, also where a browser would not
    return client


# Three who see different things go through all pages on both databases.
ON_BOTH = ("reviewer", "planner", "admin")
EACH = [pytest.param(role, marks=pytest.mark.dialect if role in ON_BOTH else ()) for role in COLUMNS]


@pytest.mark.parametrize("role", EACH)
def test_o3_every_address_answers_each_role_as_it_should(world: World, role: str) -> None:
    client, place, wrong = client_of(world, role), COLUMNS.index(role), {}
    for name, pattern in addresses():
        response = client.get(address(name, pattern, world.ids))
        if response.streaming:  # read to its end, or the file stays open
            list(response.streaming_content)  # type: ignore[attr-defined]
        if str(response.status_code) != TABLE[name][place]:
            wrong[name] = f"{response.status_code}, not {TABLE[name][place]}"
    assert not wrong


@pytest.mark.parametrize("role", COLUMNS)
def test_o3_who_may_not_see_may_not_do(world: World, role: str) -> None:
    client, place, wrong = client_of(world, role), COLUMNS.index(role), {}
    for name, pattern in addresses():
        if TABLE[name][place] in ("403", "404"):
            found = client.post(address(name, pattern, world.ids)).status_code
            if found not in (403, 404, 405):
                wrong[name] = found
    assert not wrong


@pytest.mark.parametrize("role", ["anonymous", *BEARERS])
def test_posts_of_the_unknown_are_sent_to_the_log_in(world: World, role: str) -> None:
    open_to_all = {
        "login",
        "logout",
        "set_language",
        "display",
        "healthz",
        "healthz_pages",
        "attribution",
        "office_logo",
        "pass",
        "throwaway:ask",
        *(name for name in TABLE if name.startswith("proposals:") and TABLE[name][0] == "200"),
    }
    known = {"bearer": BEARER, "writer": WRITER, "proposer": PROPOSER}
    client = client_of(world, role)
    for name, pattern in addresses():
        if name in open_to_all or name in known.get(role, ()):
            continue
        response = client.post(address(name, pattern, world.ids))
        if name in BEARER.keys() | WRITER.keys() | PROPOSER.keys() or name == "welcome":
            assert response.status_code == 404, name
        elif name == "proposals:writing_file":
            assert response.status_code == (405 if role == "writer" else 404)
        else:
            assert response.headers.get("Location", "").startswith("/login/"), name

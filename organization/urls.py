"""Addresses of people, departments, holidays, logs."""

from django.urls import path

from core.views.steps import step_paths
from organization.views import (
    absences,
    account,
    checks,
    codes,
    departments,
    holidays,
    logs,
    passwords,
    sessions,
    staff,
    staff_forms,
    stafflists,
)

urlpatterns = [
    path("me/", account.MePage.as_view(), name="me"),
    path("me/email/", account.EmailPage.as_view(), name="me_email"),
    path("me/code/", codes.CodeOn.as_view(), name="me_code"),
    path("me/code/off/", codes.CodeOff.as_view(), name="me_code_off"),
    path("me/sessions/", sessions.SessionsPage.as_view(), name="me_sessions"),
    path("me/sessions/<slug:mark>/end/", sessions.SessionEnd.as_view(), name="me_session_end"),
    path("me/absence/", absences.MyAbsence.as_view(), name="me_absence"),
    path("manage/departments/", departments.DepartmentList.as_view(), name="departments"),
    path("manage/departments/new/", departments.DepartmentNew.as_view(), name="department_new"),
    path("manage/departments/<int:pk>/", departments.DepartmentPage.as_view(), name="department"),
    path("manage/departments/<int:pk>/edit/", departments.DepartmentEdit.as_view(), name="department_edit"),
    path(
        "manage/departments/<int:pk>/change/<slug:kind>/",
        departments.DepartmentChangePage.as_view(),
        name="department_change",
    ),
    path(
        "manage/departments/changes/<int:pk>/withdraw/",
        departments.DepartmentChangeWithdraw.as_view(),
        name="department_change_withdraw",
    ),
    path("manage/staff/", staff.StaffList.as_view(), name="staff"),
    path("manage/staff/new/", staff_forms.StaffNew.as_view(), name="staff_new"),
    path("manage/staff/lists/", stafflists.StaffLists.as_view(), name="staff_lists"),
    path("manage/staff/lists/<int:pk>/", stafflists.StaffListPage.as_view(), name="staff_list"),
    *step_paths(
        "manage/staff/lists/<int:pk>/",
        {
            "edit": stafflists.StaffListEdit,
            "apply": stafflists.StaffListApply,
            "undo": stafflists.StaffListUndo,
        },
    ),
    path("manage/staff/passwords/", passwords.PasswordsPage.as_view(), name="staff_passwords"),
    path(
        "manage/staff/passwords/chosen/", passwords.PasswordsOfChosen.as_view(), name="staff_passwords_chosen"
    ),
    path("manage/staff/passwords/<int:pk>/", passwords.IssuePage.as_view(), name="password_issue"),
    path("manage/staff/passwords/<int:pk>/slips/", passwords.SlipsPage.as_view(), name="password_slips"),
    path("welcome/<int:pk>/", passwords.WelcomePage.as_view(), name="welcome"),
    path(
        "manage/staff/roles/<int:pk>/revoke/", staff_forms.StaffRoleRevoke.as_view(), name="staff_role_revoke"
    ),
    path("manage/staff/<int:pk>/", staff.StaffPage.as_view(), name="staff_detail"),
    path("manage/staff/<int:pk>/edit/", staff_forms.StaffEdit.as_view(), name="staff_edit"),
    path("manage/staff/<int:pk>/transfer/", staff_forms.StaffTransfer.as_view(), name="staff_transfer"),
    path(
        "manage/staff/<int:pk>/transfer/withdraw/",
        staff_forms.StaffTransferWithdraw.as_view(),
        name="staff_transfer_withdraw",
    ),
    path("manage/staff/<int:pk>/roles/", staff_forms.StaffRoles.as_view(), name="staff_roles"),
    path("manage/staff/<int:pk>/disable/", staff_forms.StaffDisable.as_view(), name="staff_disable"),
    path("manage/staff/<int:pk>/enable/", staff_forms.StaffEnable.as_view(), name="staff_enable"),
    path(
        "manage/staff/<int:pk>/reset-password/",
        staff_forms.StaffResetPassword.as_view(),
        name="staff_reset_password",
    ),
    path("manage/holidays/", holidays.HolidayList.as_view(), name="holidays"),
    path("manage/holidays/new/", holidays.HolidayNew.as_view(), name="holiday_new"),
    path("manage/holidays/<int:pk>/delete/", holidays.HolidayDelete.as_view(), name="holiday_delete"),
    path("manage/absences/", absences.AbsenceList.as_view(), name="absences"),
    path("manage/absences/new/", absences.AbsenceNew.as_view(), name="absence_new"),
    path("manage/absences/<int:pk>/change/", absences.AbsenceChange.as_view(), name="absence_change"),
    path("manage/absences/<int:pk>/cancel/", absences.AbsenceCancel.as_view(), name="absence_cancel"),
    path("manage/jobs/", logs.JobList.as_view(), name="jobs"),
    path("manage/jobs/retry/", logs.JobsRetry.as_view(), name="jobs_retry"),
    path("manage/logs/changes/", logs.AuditList.as_view(), name="audit_log"),
    path("manage/logs/steps/", logs.TransitionList.as_view(), name="transition_log"),
    path("manage/logs/accesses/", logs.AccessList.as_view(), name="access_log"),
    path("manage/logs/destroyed/", logs.DestructionList.as_view(), name="destruction_log"),
    path("manage/logs/checks/", checks.CheckList.as_view(), name="access_checks"),
    path("manage/logs/checks/<int:pk>/", checks.CheckPage.as_view(), name="access_check"),
    *step_paths("manage/logs/checks/<int:pk>/", {"check": checks.CheckDone}),
]

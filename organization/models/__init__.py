"""Departments, staff, postings, roles, absences."""

from organization.models.check import AccessCheck
from organization.models.department import Department, DepartmentChange
from organization.models.issue import PasswordIssue
from organization.models.office import Office
from organization.models.stafflist import StaffList
from organization.models.user import Absence, Posting, RoleAssignment, User

__all__ = [
    "Absence",
    "AccessCheck",
    "Department",
    "DepartmentChange",
    "Office",
    "PasswordIssue",
    "Posting",
    "RoleAssignment",
    "StaffList",
    "User",
]

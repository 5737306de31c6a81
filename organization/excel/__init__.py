"""Departments, their history and staff from and to Excel."""

from organization.excel.departments import DepartmentImporter
from organization.excel.lineage import PastDepartmentImporter
from organization.excel.staff import StaffImporter

__all__ = ["DepartmentImporter", "PastDepartmentImporter", "StaffImporter"]

"""Departments' review of a subject (a case, a proposal): one mechanism for every process that asks departments."""

"""Arithmetic of indicators: attainment, trees, forecasts, bonuses. Pure."""

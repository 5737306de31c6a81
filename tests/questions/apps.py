from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """What it declares is plugged in by its test alone."""

    name = "tests.questions"

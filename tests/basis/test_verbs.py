"""A step says on its button what it does, in the log what happened (issue 8)."""

from django.utils.translation import override

from basis.verbs import Verb, done, logged, verb
from core.workflow import WORKFLOWS


def test_an_english_button_and_the_log_have_texts_of_their_own() -> None:
    label = verb("승인")
    with override("en"):
        assert (str(label), logged(label), str(logged(done("승인")))) == ("Approve", "Approved", "Approved")
    with override("ko"):
        assert (str(label), logged(label)) == ("승인", "승인")


def test_every_step_of_people_is_named_for_both() -> None:
    ours = [w for w in WORKFLOWS if not w.model.__module__.startswith("tests.")]
    assert ours
    for workflow in ours:
        for step in workflow.table.values():
            assert isinstance(step.label, Verb) == bool(step.permission), (workflow.label, step.name)
            with override("en"):
                assert not step.permission or str(step.label) != step.label.done

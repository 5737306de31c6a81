from typing import Any

from django.db import migrations, models

OUTCOMES = [
    ("adopt", "도입"),
    ("keep", "현행유지"),
    ("long_term", "장기검토"),
    ("in_force", "기시행 중"),
    ("declined", "미도입"),
]
STATES = [
    ("reported", "제보"),
    ("registered", "발굴"),
    ("in_review", "부서 검토"),
    ("decided", "결정"),
    ("implemented", "업무반영"),
    ("cancelled", "등록 취소"),
    ("returned", "제보 반려"),
    ("recorded", "지난 기록"),
]


def from_log(apps: Any, _editor: Any) -> None:
    """What was withdrawn before stood in the log alone."""
    cases = apps.get_model("benchmarking", "Case").objects
    log = apps.get_model("core", "TransitionLog").objects.filter(
        content_type__app_label="benchmarking", content_type__model="case", name="withdraw_record"
    )
    for case in cases.filter(state="cancelled", origin="record").iterator():
        if row := log.filter(object_id=case.pk).order_by("pk").last():
            kept = {"kept_outcome": row.data.get("outcome", ""), "kept_state": row.data.get("state", "")}
            cases.filter(pk=case.pk).update(**kept)


class Migration(migrations.Migration):
    dependencies = [("benchmarking", "0006_inexact_named"), ("core", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="kept_outcome",
            field=models.CharField(
                blank=True,
                choices=OUTCOMES,
                editable=False,
                max_length=10,
                verbose_name="거두기 전의 검토 결과",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="kept_state",
            field=models.CharField(
                blank=True, choices=STATES, editable=False, max_length=12, verbose_name="거두기 전의 상태"
            ),
        ),
        migrations.RunPython(from_log, migrations.RunPython.noop),
    ]

import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

LABELS = {
    "creative_king": "창의왕",
    "mvp_person": "혁신 MVP(개인)",
    "mvp_department": "혁신 MVP(부서)",
    "year_end": "통합마일리지 우수자",
}


def grant(apps, schema_editor):
    """Each winner of a confirmed ranking has an award, handed over where that was recorded."""
    Row, Prize, Given, Award, Counter, ContentType = (
        apps.get_model(*name.split("."))
        for name in (
            "mileage.RankingRow",
            "mileage.Prize",
            "mileage.Given",
            "awards.Award",
            "core.Counter",
            "contenttypes.ContentType",
        )
    )
    prizes = {prize.row_id: prize for prize in Prize.objects.all()}
    numbers = {}
    rows = Row.objects.filter(wins=True, ranking__state="confirmed").select_related("ranking", "user")
    for row in rows.order_by("ranking__confirmed_at", "ranking", "place"):
        kind, _new = ContentType.objects.get_or_create(app_label="mileage", model="rankingrow")
        ranking, prize = row.ranking, prizes.get(row.pk)
        label = LABELS.get(ranking.kind, ranking.kind)
        decided = ranking.confirmed_at.date()
        numbers[decided.year] = numbers.get(decided.year, 0) + 1
        award = Award.objects.create(
            key=f"mileage.ranking:{ranking.pk}:{ranking.confirmed_version}:{row.pk}",
            year=decided.year,
            number=numbers[decided.year],
            title=label,
            kind="마일리지 순위",
            content_type=kind,
            object_id=row.pk,
            work=f"{ranking.period} {label}",
            decided_on=decided,
            decision=f"{ranking.period} {label} 확정",
            receiver="staff" if row.user_id else "department",
            user_id=row.user_id,
            department_id=row.department_id,
            department_name=row.department_name,
            name=row.user.name if row.user_id else "",
            amount=ranking.prize,
            from_purse=False,
            tax_year=(prize.given_on if prize else decided).year,
            tax="earned" if ranking.prize and row.user_id else "none",
            state="handed" if prize else "granted",
            due_on=decided + dt.timedelta(days=30),
            handed_on=prize.given_on if prize else None,
            handed_by_id=prize.given_by_id if prize else None,
            receipt=prize.receipt if prize else "",
        )
        if prize:
            Given.objects.create(row=row, award=award)
    for year, last in numbers.items():
        Counter.objects.update_or_create(key=f"awards.award.{year}", defaults={"value": last})


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0007_records"),
        ("mileage", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Given",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.award",
                        verbose_name="시상",
                    ),
                ),
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mileage.rankingrow",
                        verbose_name="수상자",
                    ),
                ),
            ],
            options={"verbose_name": "순위에 따른 시상"},
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.DeleteModel(name="Prize"),
        migrations.AlterField(
            model_name="given",
            name="row",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="given",
                to="mileage.rankingrow",
                verbose_name="수상자",
            ),
        ),
    ]

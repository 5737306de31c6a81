from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import migrations


def fold(apps: Any, _editor: Any) -> None:
    """Numbers typed in full width become what the log-in asks for; one that is another's already stays for people."""
    users = apps.get_model("organization", "User").objects
    for user in users.iterator():
        number = AbstractBaseUser.normalize_username(user.employee_number).strip()
        if number != user.employee_number and not users.filter(employee_number=number).exists():
            users.filter(pk=user.pk).update(employee_number=number)


class Migration(migrations.Migration):
    dependencies = [("organization", "0002_logins")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]

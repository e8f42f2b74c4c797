"""Failed releases, and an index for what the worker asks every second."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_roles'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReleaseFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.CharField(max_length=1000)),
                ('failed_at', models.DateTimeField()),
                ('next_attempt_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=1)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='release_failure', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'ordering': ['-failed_at', '-pk'],
            },
        ),
        # Wagtail has no index on expiry; without one the worker reads every page.
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS newsroom_page_by_expiry ON wagtailcore_page (expire_at) "
            "WHERE expire_at IS NOT NULL",
            "DROP INDEX IF EXISTS newsroom_page_by_expiry",
        ),
    ]

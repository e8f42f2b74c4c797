"""Steps of reviews that hold for one's own sections, and the default workflow made of them."""

import django.db.models.deletion
from django.db import migrations, models

STEPS = ("Section edit", "Copy edit")
KEPT = ("name", "active")


def make_steps_hold_by_section(apps, schema_editor):
    """Turn the steps into the new kind, under their old numbers: reviews go on."""
    ContentType = apps.get_model("contenttypes.ContentType")
    GroupApprovalTask = apps.get_model("wagtailcore.GroupApprovalTask")
    SectionApprovalTask = apps.get_model("articles.SectionApprovalTask")
    kind, _ = ContentType.objects.get_or_create(app_label="articles", model="sectionapprovaltask")
    for old in GroupApprovalTask.objects.filter(name__in=STEPS):
        fields = {name: getattr(old, name) for name in KEPT}
        new = SectionApprovalTask(task_ptr_id=old.pk, content_type_id=kind.pk, **fields)
        new.save()
        new.groups.set(old.groups.all())
        old.groups.clear()
        # The row of the old kind alone: what it shares with the new one stays.
        GroupApprovalTask.objects.filter(pk=old.pk)._raw_delete(schema_editor.connection.alias)


def make_steps_hold_everywhere(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    GroupApprovalTask = apps.get_model("wagtailcore.GroupApprovalTask")
    SectionApprovalTask = apps.get_model("articles.SectionApprovalTask")
    kind = ContentType.objects.get(app_label="wagtailcore", model="groupapprovaltask")
    for old in SectionApprovalTask.objects.all():
        fields = {name: getattr(old, name) for name in KEPT}
        new = GroupApprovalTask(task_ptr_id=old.pk, content_type_id=kind.pk, **fields)
        new.save()
        new.groups.set(old.groups.all())
        old.groups.clear()
        SectionApprovalTask.objects.filter(pk=old.pk)._raw_delete(schema_editor.connection.alias)
    if schema_editor.connection.vendor == "postgresql":
        # Checks that wait for the commit would keep the table from being dropped in it.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_release_failure'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='SectionApprovalTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'approval by section',
                'verbose_name_plural': 'approvals by section',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.RunPython(make_steps_hold_by_section, make_steps_hold_everywhere),
    ]

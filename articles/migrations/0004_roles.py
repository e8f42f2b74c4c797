"""Roles and the default workflow.

What the roles mean is told in `articles/desk/roles.py`. Permissions may not exist yet while migrations run on an empty database
(Django makes them at the very end), so they are made here by codename.
"""

from django.db import migrations

MEDIA = {"choose": ("choose",), "own": ("add", "choose"), "all": ("add", "change", "choose", "delete")}
ALL = ("add", "change", "delete", "view")
EVERY_PAGE_RIGHT = ("add", "bulk_delete", "change", "lock", "publish", "unlock")
NEWSROOM = {
    "articles.author": ALL,
    "articles.topic": ALL,
    "articles.breakingbanner": ALL,
    "articles.correction": ("add", "view"),
    "articles.newsroomsettings": ("change",),
    "wagtailredirects.redirect": ALL,
}
SITE = ("add", "change", "delete")

# Name: (page rights, image rights, document rights, {table: rights})
ROLES: dict[str, tuple[tuple[str, ...], str, str, dict[str, tuple[str, ...]]]] = {
    "Reporter": (
        ("add",),
        "own",
        "own",
        {"articles.author": ("view",), "articles.topic": ("view",)},
    ),
    "Copy editor": (
        ("add", "change", "lock"),
        "own",
        "own",
        {
            "articles.author": ("change", "view"),
            "articles.topic": ("add", "change", "view"),
            "articles.correction": ("view",),
        },
    ),
    "Photo editor": (
        ("add",),
        "all",
        "all",
        {"articles.author": ("view",), "articles.topic": ("view",)},
    ),
    "Section editor": (
        ("add", "change", "lock", "publish"),
        "all",
        "all",
        {
            "articles.author": ("add", "change", "view"),
            "articles.topic": ("add", "change", "view"),
            "articles.breakingbanner": ("add", "change", "view"),
            "articles.correction": ("add", "view"),
        },
    ),
    "Publisher": (EVERY_PAGE_RIGHT, "all", "all", NEWSROOM),
    "Administrator": (
        EVERY_PAGE_RIGHT,
        "all",
        "all",
        NEWSROOM
        | {
            "wagtailcore.collection": SITE,
            "wagtailcore.site": SITE,
            "wagtailcore.workflow": SITE,
            "wagtailcore.task": SITE,
            "auth.group": SITE,
            "users.user": SITE,
        },
    ),
}
WORKFLOW = "Standard"
STEPS = (
    ("Section edit", ("Section editor", "Publisher")),
    ("Copy edit", ("Copy editor", "Publisher")),
)
# Wagtail's own, which know neither sections nor desks.
WAGTAIL_GROUPS = ("Editors", "Moderators")
WAGTAIL_WORKFLOW = "Moderators approval"


def get_permission(apps, table, codename):
    ContentType = apps.get_model("contenttypes.ContentType")
    Permission = apps.get_model("auth.Permission")
    app_label, model = table.split(".")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    # Django's own words, so that what it makes later is found to exist already.
    verb, noun = codename.rsplit("_", 1)
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {verb.replace('_', ' ')} {noun}"},
    )
    return permission


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    Collection = apps.get_model("wagtailcore.Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore.GroupCollectionPermission")
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    HomePage = apps.get_model("articles.HomePage")

    Group.objects.filter(name__in=WAGTAIL_GROUPS, user__isnull=True).delete()
    home = HomePage.objects.order_by("path").first()
    root = Collection.objects.order_by("path").first()
    access = get_permission(apps, "wagtailadmin.admin", "access_admin")
    for name, (pages, images, documents, tables) in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(access)
        for action in pages:
            GroupPagePermission.objects.get_or_create(
                group_id=group.pk,
                page_id=home.pk,
                permission_id=get_permission(apps, "wagtailcore.page", f"{action}_page").pk,
            )
        # Rights on media hang on Wagtail's own tables, whatever models the settings name.
        for table, rights in (("wagtailimages.image", images), ("wagtaildocs.document", documents)):
            model = table.split(".")[1]
            for action in MEDIA[rights]:
                GroupCollectionPermission.objects.get_or_create(
                    group_id=group.pk,
                    collection_id=root.pk,
                    permission_id=get_permission(apps, table, f"{action}_{model}").pk,
                )
        for table, actions in tables.items():
            model = table.split(".")[1]
            for action in actions:
                group.permissions.add(get_permission(apps, table, f"{action}_{model}"))


def make_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    Group = apps.get_model("auth.Group")
    GroupApprovalTask = apps.get_model("wagtailcore.GroupApprovalTask")
    HomePage = apps.get_model("articles.HomePage")
    Task = apps.get_model("wagtailcore.Task")
    Workflow = apps.get_model("wagtailcore.Workflow")
    WorkflowPage = apps.get_model("wagtailcore.WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore.WorkflowTask")

    Workflow.objects.filter(name=WAGTAIL_WORKFLOW, workflow_states__isnull=True).delete()
    Task.objects.filter(name=WAGTAIL_WORKFLOW, task_states__isnull=True).delete()
    task_type, _ = ContentType.objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    for order, (name, groups) in enumerate(STEPS):
        task = GroupApprovalTask.objects.create(
            name=name, active=True, content_type_id=task_type.pk
        )
        task.groups.set(Group.objects.filter(name__in=groups))
        WorkflowTask.objects.create(
            workflow_id=workflow.pk, task_id=task.pk, sort_order=order
        )
    home = HomePage.objects.order_by("path").first()
    WorkflowPage.objects.create(page_id=home.pk, workflow_id=workflow.pk)


def take_away(apps, schema_editor):
    apps.get_model("wagtailcore.Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("wagtailcore.Task").objects.filter(name__in=[s[0] for s in STEPS]).delete()
    apps.get_model("auth.Group").objects.filter(name__in=list(ROLES)).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_first_site"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("users", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(make_roles, take_away),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]

"""A working empty site: home page, site record and the outlet's settings."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

HOME_SLUG = "home"


def make_first_site(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    Locale = apps.get_model("wagtailcore.Locale")
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    HomePage = apps.get_model("articles.HomePage")
    NewsroomSettings = apps.get_model("articles.NewsroomSettings")

    root = Page.objects.get(depth=1)
    # Wagtail's own migrations leave a welcome page and a site that points at it.
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()

    content_type, _ = ContentType.objects.get_or_create(app_label="articles", model="homepage")
    locale = Locale.objects.first()
    home = HomePage.objects.create(
        title="Home",
        draft_title="Home",
        slug=HOME_SLUG,
        content_type=content_type,
        path=root.path + "0001",
        depth=2,
        numchild=0,
        url_path=f"/{HOME_SLUG}/",
        locale_id=locale.pk,
        live=True,
        show_in_menus=False,
    )
    Page.objects.filter(pk=root.pk).update(numchild=1)

    address = urlsplit(settings.BASE_URL)
    site = Site.objects.create(
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
        site_name="Newsroom",
        root_page_id=home.pk,
        is_default_site=True,
    )
    NewsroomSettings.objects.create(site_id=site.pk)


def take_away_first_site(apps, schema_editor):
    apps.get_model("wagtailcore.Site").objects.all().delete()
    apps.get_model("articles.HomePage").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_relations"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_first_site, take_away_first_site)]

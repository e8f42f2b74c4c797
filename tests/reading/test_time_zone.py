import pytest
from django.core.exceptions import ValidationError

from articles.navigation.models import NewsroomSettings


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "asia/karachi", "+05:00"])
def test_zone_that_does_not_exist_is_refused(name):
    with pytest.raises(ValidationError) as error:
        NewsroomSettings(time_zone=name).clean()
    assert "time_zone" in error.value.message_dict


@pytest.mark.parametrize("name", ["", "Asia/Karachi", "UTC"])
def test_zone_of_the_world_is_taken(name):
    NewsroomSettings(time_zone=name).clean()


def test_zone_gone_bad_falls_back_to_the_servers(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    assert NewsroomSettings(time_zone="Mars/Olympus").zone.key == "Europe/Berlin"
    assert NewsroomSettings(time_zone="/x").zone.key == "Europe/Berlin"
    assert NewsroomSettings(time_zone="Asia/Karachi").zone.key == "Asia/Karachi"

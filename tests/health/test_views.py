import pytest


@pytest.mark.django_db
def test_ready_when_database_and_cache_answer(client):
    assert client.get("/healthz").content == b"ok\n"
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok"}


def test_alive_without_a_database(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_not_ready_names_what_is_missing(client, monkeypatch):
    monkeypatch.setattr("newsroom.health.views.database_answers", lambda: False)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "no answer"

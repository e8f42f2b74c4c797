"""The public search: its entries, and the words where each database looks for them."""

import django.db.models.deletion
from django.db import migrations, models

LANGUAGES = ["arabic", "english", "french", "german", "portuguese", "russian", "spanish"]

# Stems without stop words: a headline of such words only ("The Who") can be found, and
# which words a search passes over is decided when it is asked.
CONFIGURATION = """
CREATE TEXT SEARCH DICTIONARY newsroom_{language} (TEMPLATE = snowball, LANGUAGE = {language});
CREATE TEXT SEARCH CONFIGURATION newsroom_{language} (COPY = pg_catalog.{language});
ALTER TEXT SEARCH CONFIGURATION newsroom_{language}
    ALTER MAPPING REPLACE pg_catalog.{language}_stem WITH newsroom_{language};
"""
DROP_CONFIGURATION = """
DROP TEXT SEARCH CONFIGURATION newsroom_{language};
DROP TEXT SEARCH DICTIONARY newsroom_{language};
"""
# Where Latin words have another stemmer than the language's own.
ENGLISH_BESIDE = """
ALTER TEXT SEARCH CONFIGURATION newsroom_{language}
    ALTER MAPPING REPLACE pg_catalog.english_stem WITH newsroom_english;
"""
TEXT_COLUMNS = """
ALTER TABLE articles_searchentry
    ADD COLUMN front tsvector NOT NULL,
    ADD COLUMN document tsvector NOT NULL;
CREATE INDEX search_entry_front ON articles_searchentry USING gin (front);
CREATE INDEX search_entry_document ON articles_searchentry USING gin (document);
"""
DROP_TEXT_COLUMNS = """
DROP INDEX search_entry_document;
DROP INDEX search_entry_front;
ALTER TABLE articles_searchentry DROP COLUMN document, DROP COLUMN front;
"""
WORDS_TABLE = """
CREATE VIRTUAL TABLE articles_searchwords USING fts5(
    headline, standfirst, names, body, tokenize = 'porter unicode61 remove_diacritics 2'
)
"""
# An entry takes its words along, whoever deletes it.
WORDS_TRIGGER = """
CREATE TRIGGER search_entry_takes_its_words AFTER DELETE ON articles_searchentry
BEGIN
    DELETE FROM articles_searchwords WHERE rowid = OLD.article_id;
END
"""


class OnVendor(migrations.RunSQL):
    """SQL for one kind of database only."""

    def __init__(self, vendor, sql, reverse_sql):
        super().__init__(sql, reverse_sql)
        self.vendor = vendor

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='articles.articlepage')),
                ('published_at', models.DateTimeField()),
                ('kind', models.CharField(max_length=16)),
                ('section', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.categorypage')),
            ],
            options={
                'indexes': [models.Index(fields=['-published_at', '-article'], name='search_entry_newest')],
            },
        ),
        *[
            OnVendor(
                "postgresql",
                CONFIGURATION.format(language=language),
                DROP_CONFIGURATION.format(language=language),
            )
            for language in LANGUAGES
        ],
        *[
            OnVendor(
                "postgresql", ENGLISH_BESIDE.format(language=language), migrations.RunSQL.noop
            )
            for language in ["russian"]
        ],
        OnVendor("postgresql", TEXT_COLUMNS, DROP_TEXT_COLUMNS),
        OnVendor("sqlite", [WORDS_TABLE], ["DROP TABLE articles_searchwords"]),
        OnVendor("sqlite", [WORDS_TRIGGER], ["DROP TRIGGER search_entry_takes_its_words"]),
    ]

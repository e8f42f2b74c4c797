"""Every table of the newsroom, in one place for Django, shells and tests.

Code inside the app imports from the rooms.
"""

from articles.corrections.models import Correction
from articles.desk.models import SectionApprovalTask
from articles.imports.models import ImportedRecord, ImportRun
from articles.media.models import NewsDocument, NewsImage, NewsRendition
from articles.navigation.models import (
    BreakingBanner,
    FooterLink,
    NewsroomSettings,
    SocialProfile,
)
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.failures import ReleaseFailure
from articles.pages.home import HomePage
from articles.pages.static import StaticPage
from articles.people.models import Author, AuthorProfile, Byline
from articles.popularity.models import ArticlePopularity, ArticleViews, CountedJournal
from articles.related.models import RelatedLink
from articles.search.models import SearchEntry
from articles.tags.models import TaggedArticle, Topic, TopicAlias

__all__ = [
    "ArticlePage",
    "ArticlePopularity",
    "ArticleViews",
    "Author",
    "AuthorProfile",
    "BreakingBanner",
    "Byline",
    "CategoryPage",
    "Correction",
    "CountedJournal",
    "FooterLink",
    "HomePage",
    "ImportRun",
    "ImportedRecord",
    "NewsDocument",
    "NewsImage",
    "NewsRendition",
    "NewsroomSettings",
    "RelatedLink",
    "ReleaseFailure",
    "SearchEntry",
    "SectionApprovalTask",
    "SocialProfile",
    "StaticPage",
    "TaggedArticle",
    "Topic",
    "TopicAlias",
]

"""The numbers at the head of the desk's first screen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.site_summary import SummaryItem

from articles.desk.rights import explorable_below
from articles.desk.states import articles_in_state
from articles.pages.article import ArticlePage


class ArticlesSummaryItem(SummaryItem):
    """How many articles went out today, are in review, are scheduled. Three queries."""

    template_name = "desk/summary.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables: counts `today`, `review`, `scheduled`, and addresses."""
        now = timezone.now()
        own = ArticlePage.objects.filter(explorable_below(self.request.user))
        today = timezone.localdate(now)
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        articles = reverse("articles:index")
        return {
            "today": own.filter(live=True, published_at__gte=midnight).count(),
            "today_url": f"{articles}?state=live&published_at_from={today:%Y-%m-%d}",
            "review": articles_in_state(own, "review", now=now).count(),
            "review_url": f"{articles}?state=review",
            "scheduled": articles_in_state(own, "scheduled", now=now).count(),
            "scheduled_url": f"{articles}?state=scheduled&ordering=goes_live_at",
        }

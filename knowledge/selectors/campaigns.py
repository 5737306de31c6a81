"""What departments brought to registration days (K4)."""

from dataclasses import dataclass

from django.db.models import Count, Q

from knowledge.enums import SHOWN, CampaignState, PostState
from knowledge.models import Campaign, Post
from knowledge.models.post import PostQuerySet
from organization.models import Department

COUNTED = (*SHOWN, PostState.WAITING)


@dataclass(frozen=True)
class Brought:
    """A department: how many posts it has asked approval for within the days, how many of them stand."""

    department: Department
    asked: int
    standing: int


def posts_of(campaign: Campaign) -> PostQuerySet:
    """Written by people: results of other work come by themselves and were brought by nobody."""
    days = (campaign.begins_on, campaign.ends_on)
    return Post.objects.filter(submitted_on__range=days, source_mark="", is_past=False, state__in=COUNTED)


def running() -> Campaign | None:
    return Campaign.objects.filter(state=CampaignState.OPEN).order_by("ends_on").first()


def brought(campaign: Campaign) -> list[Brought]:
    """Every department, who brought most first. Two questions."""
    rows = posts_of(campaign).order_by().values_list("department")
    counted = rows.annotate(asked=Count("pk"), standing=Count("pk", filter=Q(state__in=SHOWN)))
    found = {pk: (asked, standing) for pk, asked, standing in counted}
    all_ = [
        Brought(one, *found.get(one.pk, (0, 0)))
        for one in Department.objects.reviewing().filter(valid_to=None).order_by("order", "code")
    ]
    return sorted(all_, key=lambda one: (-one.standing, -one.asked))


def brought_nothing(campaign: Campaign) -> list[Department]:
    return [one.department for one in brought(campaign) if not one.asked]

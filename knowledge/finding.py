"""How posts are found: by their words and those of their files, what holds first (K2, K6)."""

from collections.abc import Iterable, Sequence

from core.finding.index import FULL, Findable, Told
from core.now import today
from knowledge.enums import PostState, Validity
from knowledge.models import Post
from knowledge.similar import TITLES

# Of a hundred: what is to be checked comes later, what is old last.
WEIGHTS = {Validity.VALID: FULL, Validity.CHECK: 80, Validity.OLD: 40}


def _tell(post: Post) -> Told:
    day = post.approved_on or post.submitted_on or today()
    return Told(post.title, day, post.tag_list, post.text, WEIGHTS[Validity(post.validity)])


POSTS = Findable(Post, _tell)


def index(posts: Sequence[Post]) -> None:
    """After what they say has changed, or which files they have."""
    TITLES.index(posts)
    POSTS.index(posts)


def weigh(posts: Iterable[Post]) -> None:
    """After it has changed whether one may go by them."""
    told = ((post.pk, _tell(post)) for post in posts if post.state != PostState.DRAFT)
    POSTS.weigh((pk, one.weight, one.day) for pk, one in told)

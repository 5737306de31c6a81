from django.urls import path

from core.views import bearer
from core.views.steps import step_paths
from proposals.views import (
    calls,
    complaints,
    desk,
    desk_calls,
    lists,
    lookup,
    mine,
    public,
    review,
    steps,
    supports,
    writing,
)
from reviews.views.steps import review_paths

WRITE = "write/<int:pk>/"
MINE = "mine/<int:pk>/"
DESK = "desk/<int:pk>/"
COMPLAINT = "desk/complaints/<int:pk>/"
CALL = "desk/calls/<int:pk>/"

app_name = "proposals"
urlpatterns = [
    path("", public.Home.as_view(), name="home"),
    path("guide/", public.Guide.as_view(), name="guide"),
    path("find/", public.Find.as_view(), name="find"),
    path("similar/", public.Alike.as_view(), name="alike"),
    path("<int:year>-<int:number>/", public.Public.as_view(), name="public"),
    path("<int:year>-<int:number>/support/", supports.Support.as_view(), name="support"),
    path("<int:year>-<int:number>/report/", complaints.Complain.as_view(), name="complain"),
    path("calls/", calls.Calls.as_view(), name="calls"),
    path("calls/<int:pk>/", calls.OneCall.as_view(), name="call"),
    path("write/", public.Start.as_view(), name="start"),
    path(WRITE, writing.Idea.as_view(), name="writing"),
    path(f"{WRITE}2/", writing.Change.as_view(), name="writing_change"),
    path(f"{WRITE}3/", writing.Difference.as_view(), name="writing_difference"),
    path(f"{WRITE}4/", writing.Send.as_view(), name="writing_send"),
    path("mine/", lookup.Lookup.as_view(), name="lookup"),
    path("mine/again/", lookup.Again.as_view(), name="link_again"),
    path(MINE, mine.Mine.as_view(), name="mine"),
    path(f"{MINE}supplement/", mine.Supplement.as_view(), name="mine_supplement"),
    path(f"{MINE}withdraw/", mine.Withdraw.as_view(), name="mine_withdraw"),
    path(f"{MINE}link/", mine.RenewLink.as_view(), name="mine_link"),
    path("desk/", desk.ProposalList.as_view(), name="desk"),
    path("desk/propose/", desk.Propose.as_view(), name="propose"),
    path("desk/enter/", desk.Enter.as_view(), name="enter"),
    path(DESK, desk.ProposalPage.as_view(), name="desk_page"),
    path(f"{DESK}contact/", desk.AskContact.as_view(), name="desk_contact"),
    path(f"{DESK}contact/shown/", desk.Contact.as_view(), name="desk_contact_shown"),
    path("desk/complaints/", complaints.ComplaintList.as_view(), name="desk_complaints"),
    path(COMPLAINT, complaints.ComplaintPage.as_view(), name="desk_complaint"),
    *step_paths(COMPLAINT, {"show": complaints.Show, "cover": complaints.Cover, "hide": complaints.Hide}),
    path("desk/calls/", desk_calls.CallList.as_view(), name="desk_calls"),
    path("desk/calls/new/", desk_calls.CallNew.as_view(), name="desk_call_new"),
    path(CALL, desk_calls.CallPage.as_view(), name="desk_call"),
    *step_paths(
        CALL,
        {
            "edit": desk_calls.Edit,
            "ask": desk_calls.AskPublish,
            "return": desk_calls.Return,
            "publish": desk_calls.Publish,
            "withdraw": desk_calls.Withdraw,
        },
    ),
    *step_paths(
        DESK,
        {
            "let-in": steps.LetIn,
            "ask-supplement": steps.AskSupplement,
            "supplement": steps.Supplement,
            "lapse": steps.Lapse,
            "adopt": steps.Adopt,
            "reject": steps.Reject,
            "dismiss": steps.Dismiss,
            "convert": steps.Convert,
            "finish-petition": steps.FinishPetition,
            "transfer": steps.Transfer,
            "link": steps.Link,
            "take-back": steps.TakeBack,
            "withdraw": steps.Withdraw,
            "ask-opinion": steps.AskOpinion,
            "take-opinion": steps.TakeOpinion,
            "forget": steps.Forget,
        },
    ),
    path("bulk/", review.Bulk.as_view(), name="bulk"),
    path("dispatch/", review.Dispatch.as_view(), name="dispatch_many"),
    path("dispatch/due/", review.Due.as_view(), name="due"),
    path("dispatch/done/", review.Dispatched.as_view(), name="dispatched"),
    path(f"{DESK}dispatch/", review.Dispatch.as_view(), name="desk_dispatch"),
    path("reviews/", lists.ReviewList.as_view(), name="reviews"),
    path("reviews/<int:pk>/", review.ReviewPage.as_view(), name="review"),
    *review_paths("reviews/<int:pk>/", "clock/<int:pk>/", review.ReviewStep),
    path("interims/", lists.InterimList.as_view(), name="interims"),
    path("interims/bulk/", lists.InterimBulk.as_view(), name="interims_bulk"),
    path("interims/<int:pk>/", steps.SendInterim.as_view(), name="interim_send"),
    *bearer.paths(WRITE, "writing_"),
    *bearer.paths(MINE, "mine_"),
]

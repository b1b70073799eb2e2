import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from portal.domain.errors import Refused
from portal.domain.reauthentication import spend
from portal.models import Organization, Reauthentication, SignInAttempt
from portal.permissions import MANAGERS, may_manage_people
from portal.views.doors import LIST, PUBLIC, Door, opens
from portal.views.verbs import CHOOSE_AGAIN, RecordListView, RecordView, VerbView
from tests.cast import PASSWORD, make_organization

pytestmark = pytest.mark.urls(__name__)


class NameTaken(Refused):
    code = "name-taken"


class RenameForm(forms.Form):
    name = forms.CharField(max_length=40)
    letter = forms.FileField(required=False)


class Detail(RecordView):
    roles = None
    model = Organization
    template_name = "portal/verb.html"

    def context(self, record):
        return {"heading": record.name}


class Rename(VerbView):
    roles = MANAGERS
    model = Organization
    form_class = RenameForm
    heading = "Rename {record.number}"
    submit_label = "Rename"
    done = "{result.number} is now {result.name}."

    def act(self, record, data, *, by, token=None):
        if data["name"] == "Taken":
            raise NameTaken(f"Another organization is called Taken, so {record.number} was not renamed.")
        record.name = data["name"]
        record.save()
        return record

    def success_url(self, result):
        return f"/organizations/{result.number}/"


class SignedRename(Rename):
    needs_reauth = True
    meaning = "Approved"

    def act(self, record, data, *, by, token=None):
        spend(person=by, token=token)
        return super().act(record, data, by=by)


class ByKey(Detail):
    lookup = {"key": "pk"}


class Asked(Detail):
    permission = may_manage_people
    forbidden = "Only managers look here."


class Directory(RecordListView):
    roles = None
    model = Organization
    template_name = "portal/list.html"
    page_size = 3
    ordering = ("number",)

    def context(self, rows):
        return {"heading": "Directory", "columns": [{"key": "number", "label": "Number"}]}


class ShopDirectory(Directory):
    roles = MANAGERS


@opens(scope=PUBLIC)
def notice(request):
    return HttpResponse("open to all")


@opens(scope=LIST, roles=MANAGERS)
def ledger(request):
    return HttpResponse("for managers")


urlpatterns = [
    path("organizations/<str:number>/", Detail.as_view()),
    path("organizations/by-key/<str:key>/", ByKey.as_view()),
    path("organizations/<str:number>/rename/", Rename.as_view()),
    path("organizations/<str:number>/sign/", SignedRename.as_view()),
    path("organizations/<str:number>/asked/", Asked.as_view()),
    path("directory/", Directory.as_view()),
    path("shop-directory/", ShopDirectory.as_view()),
    path("notice/", notice),
    path("ledger/", ledger),
    path("", include("portal.urls")),
]


def test_somebody_unknown_is_sent_to_sign_in_and_back(client, cast):
    answer = client.get("/organizations/ORRIN/rename/")
    assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/organizations/ORRIN/rename/")


def test_a_polled_fragment_takes_its_whole_page_to_sign_in(client, cast):
    answer = client.get("/organizations/ORRIN/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in/")


def test_a_public_view_opens_without_a_person(client, db):
    assert client.get("/notice/").content == b"open to all"


@pytest.mark.parametrize(
    ("name", "status"), [("manager", 200), ("operator", 403), ("vendor", 404), ("buyer", 404)]
)
@pytest.mark.parametrize("address", ["/ledger/", "/shop-directory/"])
def test_an_address_of_other_roles_is_forbidden_inside_and_unknown_outside(
    sign_in, cast, name, status, address
):
    assert sign_in(getattr(cast, name)).get(address).status_code == status


def test_a_record_of_somebody_else_is_not_found(sign_in, cast):
    client = sign_in(cast.vendor)
    assert client.get("/organizations/BRIGHTWATER/").status_code == 200
    assert client.get("/organizations/GALENA/").status_code == 404
    assert client.get("/organizations/GALENA/rename/").status_code == 404
    assert client.post("/organizations/GALENA/rename/", {"name": "Mine"}).status_code == 404


def test_a_record_one_sees_but_may_not_change_is_forbidden_with_a_sentence(sign_in, cast):
    answer = sign_in(cast.operator).post("/organizations/ORRIN/rename/", {"name": "Other"})
    assert answer.status_code == 403
    assert (
        "Sami Okonjo works here as operator; this is done by one of: manager. Ask one of them."
        in answer.content.decode()
    )
    assert sign_in(cast.vendor).get("/organizations/BRIGHTWATER/rename/").status_code == 403


def test_a_named_permission_is_asked_and_its_sentence_shown(sign_in, cast):
    answer = sign_in(cast.quality).get("/organizations/ORRIN/asked/")
    assert (answer.status_code, "Only managers look here." in answer.content.decode()) == (403, True)
    assert sign_in(cast.manager).get("/organizations/ORRIN/asked/").status_code == 200


def test_get_shows_the_form_and_writes_nothing(sign_in, cast, django_assert_num_queries):
    client = sign_in(cast.manager)
    with django_assert_num_queries(4) as captured:
        answer = client.get("/organizations/ORRIN/rename/")
    assert "Rename ORRIN" in answer.content.decode()
    assert [q["sql"].split()[0] for q in captured.captured_queries] == ["SELECT"] * 4


def test_post_acts_once_says_so_and_leaves(sign_in, cast):
    answer = sign_in(cast.manager).post("/organizations/ORRIN/rename/", {"name": "Orrin Space"}, follow=True)
    assert answer.redirect_chain == [("/organizations/ORRIN/", 302)]
    assert [str(each) for each in answer.context["messages"]] == ["ORRIN is now Orrin Space."]
    cast.customer.refresh_from_db()
    assert cast.customer.name == "Orrin Space"


def test_a_refusal_comes_back_as_its_sentence_with_the_input_kept(sign_in, cast):
    answer = sign_in(cast.manager).post("/organizations/ORRIN/rename/", {"name": "Taken"})
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.non_field_errors() == ["Another organization is called Taken, so ORRIN was not renamed."]
    assert form["name"].value() == "Taken"


def test_a_wrong_form_comes_back_with_the_input_kept_and_asks_for_the_file_again(sign_in, cast):
    letter = SimpleUploadedFile("letter.txt", b"words")
    answer = sign_in(cast.manager).post("/organizations/ORRIN/rename/", {"name": "x" * 41, "letter": letter})
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form["name"].value() == "x" * 41
    assert form.errors["letter"] == [CHOOSE_AGAIN]


def test_a_signed_act_needs_the_password_each_time(sign_in, cast):
    client = sign_in(cast.manager)
    missing = client.post("/organizations/ORRIN/sign/", {"name": "Orrin Space"})
    assert missing.context["form"].errors["password"] == ["Give your password: this act is signed with it."]
    wrong = client.post("/organizations/ORRIN/sign/", {"name": "Orrin Space", "password": "not it at all"})
    assert (wrong.status_code, wrong.context["form"].errors["password"]) == (
        422,
        ["The password is not right, so nothing was signed. Type it again."],
    )
    assert "not it at all" not in wrong.content.decode()
    right = client.post("/organizations/ORRIN/sign/", {"name": "Orrin Space", "password": PASSWORD})
    assert right.status_code == 302
    assert Reauthentication.objects.filter(used_at__isnull=False).count() == 1
    assert SignInAttempt.objects.count() == 1


def test_post_without_the_form_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.manager)
    assert client.post("/organizations/ORRIN/rename/", {"name": "Other"}).status_code == 403


def test_a_list_shows_pages_and_keeps_the_filters_in_their_addresses(sign_in, cast):
    client = sign_in(cast.manager)
    first = client.get("/directory/?q=a%00b")
    assert [row.number for row in first.context["rows"]] == ["BRIGHTWATER", "GALENA", "HALDEN"]
    assert first.context["previous_url"] == ""
    second = client.get(first.context["next_url"])
    assert [row.number for row in second.context["rows"]] == ["ORRIN", "TESSALY"]
    assert (second.context["next_url"], second.context["page"]) == ("", 2)


@pytest.mark.parametrize("page", ["0", "-4", "two", "²", "9" * 30, "1;drop"])
def test_a_page_that_is_none_shows_the_first_or_an_empty_one(sign_in, cast, page):
    answer = sign_in(cast.manager).get("/directory/", {"page": page})
    assert (answer.status_code, answer.context["page"]) == (200, 1)


def test_a_list_takes_as_many_statements_for_three_rows_as_for_one(sign_in, cast, django_assert_num_queries):
    client = sign_in(cast.manager)
    for turn in range(2):
        with django_assert_num_queries(4):
            client.get("/directory/?page=2")
        make_organization(number=f"ZENITH-{turn}", name="Zenith", kind="vendor", country="US")


def test_an_address_with_a_nul_is_not_found(sign_in, cast):
    assert sign_in(cast.manager).get("/organizations/OR%00RIN/").status_code == 404


@pytest.mark.parametrize("facts", [{"scope": LIST}, {"roles": None}, {"scope": "anything", "roles": None}])
def test_a_view_that_declares_no_rule_does_not_start(facts):
    undeclared = type("Undeclared", (Door,), facts)
    with pytest.raises(ImproperlyConfigured, match="Undeclared must declare scope and roles."):
        undeclared.as_view()


def test_a_function_view_with_an_unknown_scope_does_not_start():
    with pytest.raises(ImproperlyConfigured, match="secret is not a scope"):
        opens(scope="secret")


def test_a_word_that_could_be_no_number_names_nothing(sign_in, cast):
    assert sign_in(cast.manager).get("/organizations/by-key/999999999999999999999/").status_code == 404
    assert sign_in(cast.manager).get(f"/organizations/by-key/{cast.shop.pk}/").status_code == 200
    assert sign_in(cast.manager).get("/organizations/by-key/twelve/").status_code == 404

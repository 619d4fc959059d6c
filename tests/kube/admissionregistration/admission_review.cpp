/// \file
/// The question to a webhook, and its answer, right and wrong.

#include <berth/kube/admissionregistration/admission_review.hpp>
#include <berth/object/parse.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto read(std::string response, bool mutating = true, std::string version = "v1") {
    auto const body = R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/)" + version +
                      R"(","response":)" + response + "}";
    return kube::read_review_answer(body, "w.x.io", "u1", version, mutating);
}

auto wrong(std::string response, bool mutating = true, std::string version = "v1") -> std::string {
    auto const answer = read(std::move(response), mutating, std::move(version));
    if (answer) return "";
    auto const& said = answer.error().message;
    constexpr auto before = std::string_view("received invalid webhook response: ");
    return said.starts_with(before) ? said.substr(before.size()) : said;
}

} // namespace

TEST_CASE("a question tells who asks what of which object") {
    auto who = api::identity{.user = "jo\"e", .uid = "7", .groups = {"a", "b"}, .extra = {{"k", {"v", "w"}}}};
    auto q = kube::review_question{};
    q.uid = "u1";
    q.kind = {"autoscaling", "v1", "Scale"};
    q.resource = q.request_resource = {"apps", "v1", "deployments"};
    q.request_kind = q.kind;
    q.subresource = "scale";
    q.name = "web";
    q.namespace_ = "shop";
    q.operation = "UPDATE";
    q.who = &who;
    q.object = R"({"spec":{"replicas":2}})";
    q.dry_run = true;
    auto const json = object::parse_document(kube::review_text(q, "v1"));
    REQUIRE(json);
    CHECK(json->duplicate_paths.empty());
    auto const expected =
        object::parse_document(R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1",
        "request":{"uid":"u1","kind":{"group":"autoscaling","version":"v1","kind":"Scale"},
        "resource":{"group":"apps","version":"v1","resource":"deployments"},"subResource":"scale",
        "requestKind":{"group":"autoscaling","version":"v1","kind":"Scale"},
        "requestResource":{"group":"apps","version":"v1","resource":"deployments"},
        "requestSubResource":"scale","name":"web","namespace":"shop","operation":"UPDATE",
        "userInfo":{"username":"jo\"e","uid":"7","groups":["a","b"],"extra":{"k":["v","w"]}},
        "object":{"spec":{"replicas":2}},"oldObject":null,"dryRun":true,
        "options":{"kind":"UpdateOptions","apiVersion":"meta.k8s.io/v1","dryRun":["All"]}}})");
    CHECK(json->value == expected->value);
}

TEST_CASE("an answer allows, warns and patches") {
    auto const a = read(R"({"uid":"u1","allowed":true,"patchType":"JSONPatch","patch":"W10=",)"
                        R"("warnings":["careful"],"auditAnnotations":{"k":"v"}})");
    REQUIRE(a);
    CHECK(a->allowed);
    CHECK(a->patch == "[]");
    CHECK(a->warnings == std::vector<std::string>{"careful"});
}

TEST_CASE("a refusal has the webhook's words, and its code if it is one of refusals") {
    auto const refusal = [](std::string status) {
        return read(R"({"uid":"u1","allowed":false)" + status + "}")->refusal;
    };
    CHECK(refusal("").message == "admission webhook \"w.x.io\" denied the request without explanation");
    CHECK(refusal("").code == error_code::bad_request);
    CHECK(refusal(R"(,"status":{"reason":"Forbidden"})").message ==
          "admission webhook \"w.x.io\" denied the request: Forbidden");
    auto const said = refusal(R"(,"status":{"code":403,"message":"no","reason":"Forbidden"})");
    CHECK(said.message == "admission webhook \"w.x.io\" denied the request: no");
    CHECK(said.code == error_code::forbidden);
    CHECK(refusal(R"(,"status":{"code":200,"message":"no"})").code == error_code::bad_request);
    auto const detailed =
        refusal(R"(,"status":{"code":422,"details":{"name":"n","causes":[{"reason":"r","message":"m",)"
                R"("field":"f"}]}})");
    CHECK(detailed.code == error_code::invalid);
    CHECK(detailed.details.name == "n");
    CHECK(detailed.details.causes == std::vector<error_cause>{{"r", "m", "f"}});
}

TEST_CASE("what is no answer is told in Kubernetes' words") {
    CHECK(wrong("null") == "webhook response was absent");
    CHECK(wrong(R"({"allowed":true})") == "expected response.uid=\"u1\", got \"\"");
    CHECK(wrong(R"({"uid":"u2"})") == "expected response.uid=\"u1\", got \"u2\"");
    CHECK(wrong(R"({"uid":"u1","patch":"W10="})") ==
          "webhook returned response.patch but not response.patchType");
    CHECK(wrong(R"({"uid":"u1","patchType":"JSONPatch"})") ==
          "webhook returned response.patchType but not response.patch");
    CHECK(wrong(R"({"uid":"u1","patchType":"Merge","patch":"W10="})") == "unsupported patch type \"Merge\"");
    CHECK_FALSE(wrong(R"({"uid":"u1","patchType":"JSONPatch","patch":"?"})").empty());
    CHECK(wrong(R"({"uid":"u1","patch":"W10="})", false) ==
          "validating webhook may not return response.patch");
    CHECK(wrong(R"({"uid":"u1","patchType":"JSONPatch"})", false) ==
          "validating webhook may not return response.patchType");
    CHECK(kube::read_review_answer("{}", "w", "u1", "v1", true).error().message ==
          "received invalid webhook response: webhook response was absent");
    CHECK_FALSE(kube::read_review_answer("nonsense", "w", "u1", "v1", true));
    CHECK(kube::read_review_answer(R"({"response":{"uid":"u1"}})", "w", "u1", "v1", true).error().message ==
          "received invalid webhook response: expected webhook response of admission.k8s.io/v1, "
          "Kind=AdmissionReview, got /, Kind=");
}

TEST_CASE("the old version needs neither uid nor type of patch") {
    CHECK(read(R"({"allowed":true,"patch":"W10="})", true, "v1beta1")->patch == "[]");
    CHECK(kube::read_review_answer(R"({"response":{"allowed":true}})", "w", "u1", "v1beta1", true)->allowed);
}

TEST_CASE("an answer with a member of a wrong type cannot be read: it neither allows nor refuses") {
    CHECK(
        wrong(R"({"uid":"u1","allowed":"true"})") ==
        "failed to call webhook: json: cannot unmarshal string into Go struct field response.allowed of type "
        "bool");
    for (auto const* const members :
         {R"("uid":7)", R"("allowed":1)", R"("allowed":"false")", R"("patch":{})", R"("patch":"?")",
          R"("patchType":[])", R"("warnings":"w")", R"("warnings":[1])", R"("status":"no")",
          R"("status":{"code":"403"})", R"("status":{"message":1})", R"("status":{"details":{"causes":{}}})",
          R"("auditAnnotations":{"k":1})"}) {
        INFO(members);
        auto const text = std::string(members);
        auto const body = text.starts_with("\"uid\"") ? "{" + text + "}" : "{\"uid\":\"u1\"," + text + "}";
        CHECK(wrong(body).starts_with("failed to call webhook: "));
    }
    CHECK(wrong("[]").starts_with("failed to call webhook: "));
    CHECK(kube::read_review_answer(R"({"kind":1})", "w", "u1", "v1", true)
              .error()
              .message.starts_with("failed to call webhook: "));
    CHECK(read(R"({"uid":"u1","allowed":null,"status":null,"more":1})")->allowed == false); // null is nothing
}

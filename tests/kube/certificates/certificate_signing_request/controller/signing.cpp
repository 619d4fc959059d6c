/// \file
/// Approved requests are signed.

#include "../../../vocabulary.hpp"
#include "../node_requests.hpp"
#include "../sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/controller/signing.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto const where = object::key{{}, "ask"};

class make_request : public maker<make_request, kube::certificate_signing_request> {
public:
    explicit make_request(std::string signer) : maker("ask") {
        value_.spec = sound_request().spec;
        value_.spec.signer_name = std::move(signer);
        value_.spec.usages = {"client auth"};
    }
    auto decided(std::string type) -> make_request& {
        return with(
            [&](auto& r) { r.status.conditions.push_back(test::decided(type).status.conditions[0]); });
    }
};

auto signs_all(credentials::certificate_order const&) -> result<std::string> { return "SIGNED"; }
auto const controller = kube::certificate_signing_controller{&signs_all};

auto refusing(error_code code) -> kube::certificate_signing_controller {
    return {
        [code](credentials::certificate_order const&) -> result<std::string> { return fail(code, "no"); }};
}

auto idle(make_request const& r) -> bool {
    auto w = world_of(r);
    return plan_of(controller, w, where).empty();
}

} // namespace

TEST_CASE("an approved request gets its certificate") {
    auto w = world_of(make_request("kubernetes.io/kube-apiserver-client").decided("Approved"));
    auto const plan = plan_of(controller, w, where);
    CHECK(steps_of(plan) == lines{"update certificatesigningrequests/status ask"});
    CHECK(written<kube::certificate_signing_request>(plan)->status.certificate.data == "SIGNED");
}

TEST_CASE("a request that does not fit its signer fails, and says why") {
    auto w = world_of(make_request("kubernetes.io/kubelet-serving").decided("Approved"));
    auto const plan = plan_of(controller, w, where, new_year + seconds(5));
    auto const& conditions = written<kube::certificate_signing_request>(plan)->status.conditions;
    REQUIRE(conditions.size() == 2);
    CHECK(conditions[1].type == "Failed");
    CHECK(conditions[1].status == "True");
    CHECK(conditions[1].reason == "SignerValidationFailure");
    CHECK(conditions[1].message == "subject organization is not system:nodes");
    CHECK(conditions[1].last_update_time == object::timestamp(new_year + seconds(5)));
}

TEST_CASE("what is not approved, is somebody else's or done is left alone") {
    auto const client = std::string("kubernetes.io/kube-apiserver-client");
    CHECK(idle(make_request(client)));
    CHECK(idle(make_request(client).decided("Denied")));
    CHECK(idle(make_request(client).decided("Approved").decided("Failed")));
    CHECK(idle(make_request("example.com/mine").decided("Approved")));
    CHECK(idle(make_request("kubernetes.io/other").decided("Approved")));
    CHECK(idle(
        make_request(client).decided("Approved").with([](auto& r) { r.status.certificate.data = "x"; })));
    auto w = world_of(make_request(client).decided("Approved"));
    CHECK(plan_of(kube::certificate_signing_controller(), w, where).empty());
    auto none = reconcile::world();
    CHECK(plan_of(controller, none, where).empty());
}

TEST_CASE("a signer that is not well is asked again later") {
    auto w = world_of(make_request("kubernetes.io/legacy-unknown").decided("Approved"));
    auto const plan = plan_of(refusing(error_code::internal), w, where);
    CHECK(plan.empty());
    CHECK(plan.again_after);
}

TEST_CASE("a request that nobody can sign fails, and says why") {
    auto const reason = [](make_request const& r, kube::certificate_signing_controller const& c) {
        auto w = world_of(r);
        auto const plan = plan_of(c, w, where);
        REQUIRE(steps_of(plan) == lines{"update certificatesigningrequests/status ask"});
        auto const last = written<kube::certificate_signing_request>(plan)->status.conditions.back();
        CHECK(last.type == "Failed");
        CHECK(last.reason == "SignerValidationFailure");
        return last.message;
    };
    auto const approved = make_request("kubernetes.io/legacy-unknown").decided("Approved");
    CHECK(reason(approved, refusing(error_code::invalid)) == "no");
    auto r = approved;
    CHECK(reason(r.with([](auto& x) { x.spec.request.data = "nonsense"; }), controller) ==
          "PEM block type must be CERTIFICATE REQUEST");
    r = approved;
    CHECK(reason(r.with([](auto& x) { x.spec.usages = {"flying"}; }), controller) ==
          "unrecognized usage values: [\"flying\"]");
}

TEST_CASE("the controller that signs keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    for (auto const* const signer : {"kubernetes.io/kube-apiserver-client", "kubernetes.io/kubelet-serving"})
        for (auto const& c : {controller, refusing(error_code::invalid), refusing(error_code::internal)})
            reconcile::laws::all(c, world_of(make_request(signer).decided("Approved")), where, judge);
}

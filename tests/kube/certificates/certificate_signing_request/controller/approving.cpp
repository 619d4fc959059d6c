/// \file
/// Nodes get their own certificates.

#include "../../../vocabulary.hpp"
#include "../node_requests.hpp"
#include "../sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/controller/approving.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto const where = object::key{{}, "ask"};

class make_request : public maker<make_request, kube::certificate_signing_request> {
public:
    explicit make_request(std::string requester) : maker("ask") {
        value_.spec = sound_request().spec;
        value_.spec.request.data = client_request;
        value_.spec.signer_name = "kubernetes.io/kube-apiserver-client-kubelet";
        value_.spec.username = std::move(requester);
        value_.spec.groups = {"g"};
    }
};

/// Lets create some subresources, and writes down what it was asked.
struct clerk {
    std::string allows;
    lines* asked = nullptr;

    auto operator()(kube::subject_access_review const& r) const -> result<bool> {
        auto const& what = *r.spec.resource_attributes;
        if (asked != nullptr) asked->push_back(r.spec.user + " " + what.verb + " " + what.subresource);
        if (allows == "error") return fail(error_code::unavailable, "away");
        return what.resource_ == "certificatesigningrequests" && what.subresource == allows;
    }
};

auto answered(make_request const& r, clerk c) -> reconcile::plan {
    auto w = world_of(r);
    return plan_of(kube::certificate_approving_controller{std::move(c)}, w, where);
}

} // namespace

TEST_CASE("a node's own request is approved, if it may have one") {
    auto asked = lines();
    auto const plan = answered(make_request("system:node:n1"), {"selfnodeclient", &asked});
    CHECK(steps_of(plan) == lines{"update certificatesigningrequests/approval ask"});
    auto const& c = written<kube::certificate_signing_request>(plan)->status.conditions.back();
    CHECK(c.type == "Approved");
    CHECK(c.status == "True");
    CHECK(c.reason == "AutoApproved");
    CHECK(c.message == "Auto approving self kubelet client certificate after SubjectAccessReview.");
    CHECK(asked == lines{"system:node:n1 create selfnodeclient"});
}

TEST_CASE("who may have certificates for any node is asked about that") {
    auto asked = lines();
    auto const plan = answered(make_request("system:node:n1"), {"nodeclient", &asked});
    CHECK(written<kube::certificate_signing_request>(plan)->status.conditions.back().message ==
          "Auto approving kubelet client certificate after SubjectAccessReview.");
    CHECK(asked == lines{"system:node:n1 create selfnodeclient", "system:node:n1 create nodeclient"});
    asked.clear();
    CHECK(answered(make_request("ann"), {"selfnodeclient", &asked}).empty());
    CHECK(asked == lines{"ann create nodeclient"});
}

TEST_CASE("nobody is asked about other requests") {
    auto asked = lines();
    auto const idle = [&](make_request const& r) { return answered(r, {"nodeclient", &asked}).empty(); };
    CHECK(idle(
        make_request("ann").with([](auto& r) { r.spec.signer_name = "kubernetes.io/kubelet-serving"; })));
    CHECK(idle(make_request("ann").with([](auto& r) { r.spec.usages = {"any"}; })));
    CHECK(idle(make_request("ann").with([](auto& r) { r.spec.request.data = std::string(anns_request); })));
    CHECK(idle(make_request("ann").with([](auto& r) { r.spec.request.data = "nonsense"; })));
    CHECK(idle(make_request("ann").with([](auto& r) { r.status = decided("Denied").status; })));
    CHECK(idle(make_request("ann").with([](auto& r) { r.status = decided("Approved").status; })));
    CHECK(idle(make_request("ann").with([](auto& r) { r.status.certificate.data = "x"; })));
    CHECK(asked.empty());
    auto w = world_of(make_request("ann"));
    CHECK(plan_of(kube::certificate_approving_controller(), w, where).empty());
}

TEST_CASE("when nobody can be asked it is tried again") {
    auto const plan = answered(make_request("ann"), {"error"});
    CHECK(plan.empty());
    CHECK(plan.again_after == seconds(10));
}

TEST_CASE("the controller that approves answers the same for the same, and is done when it has approved") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto const controller = kube::certificate_approving_controller{clerk{"nodeclient"}};
    auto w = world_of(make_request("ann"));
    reconcile::laws::same_answer(controller, w, where, judge);
    reconcile::laws::declared_kinds(controller, w, where, judge);
    w.add(*written<kube::certificate_signing_request>(plan_of(controller, w, where)));
    CHECK(plan_of(controller, w, where).empty());
}

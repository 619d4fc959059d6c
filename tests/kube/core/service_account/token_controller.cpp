/// \file
/// Secrets that are made for tokens.

#include "../../authentication/token_desk.hpp"

#include <berth/kube/core/service_account/token_controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto const controller = kube::token_secrets_controller{digest_authority(), "PEM"};
auto const box = object::key{"default", "box"};
auto judge = [](reconcile::laws::finding const& f) {
    INFO(f.law << ": " << f.detail);
    CHECK(f.holds);
};

/// A secret as the controller leaves it.
auto filled() -> make_secret {
    auto w = world_of(make_account("robot"), make_secret("box").of("robot"));
    auto out = make_secret("box");
    return out.with([&](kube::secret& s) { s = *written<kube::secret>(plan_of(controller, w, box)); });
}

} // namespace

TEST_CASE("a secret for a token is filled") {
    auto w = world_of(make_account("robot"), make_secret("box").of("robot").data("extra", "x"));
    auto const plan = plan_of(controller, w, box);
    CHECK(steps_of(plan) == words{"update secrets default/box"});
    auto const& s = *written<kube::secret>(plan);
    CHECK(s.data.get("ca.crt").data == "PEM");
    CHECK(s.data.get("namespace").data == "default");
    CHECK(s.data.get("extra").data == "x");
    CHECK(s.metadata.annotations.get("kubernetes.io/service-account.uid") == "uid-of-robot");
    auto const c = controller.tokens.read(s.data.get("token").data).value().value();
    CHECK(c.subject == "system:serviceaccount:default:robot");
    CHECK(c.kept_in == "box");
    CHECK_FALSE(c.expiry);
}

TEST_CASE("what is missing or wrong in a secret is put there again, and only that") {
    auto whole = world_of(make_account("robot"), filled());
    CHECK(plan_of(controller, whole, box).empty());
    auto const token = filled().done().data.get("token").data;
    auto other_ca = world_of(make_account("robot"), filled().data("ca.crt", "old").data("namespace", "mine"));
    auto const plan = plan_of(controller, other_ca, box);
    CHECK(written<kube::secret>(plan)->data.get("ca.crt").data == "PEM");
    CHECK(written<kube::secret>(plan)->data.get("namespace").data == "mine");
    CHECK(written<kube::secret>(plan)->data.get("token").data == token);
    auto emptied = world_of(make_account("robot"), filled().data("token", ""));
    CHECK_FALSE(written<kube::secret>(plan_of(controller, emptied, box))->data.get("token").data.empty());
}

TEST_CASE("a secret goes with its account") {
    auto const gone = words{"delete secrets default/box"};
    auto alone = world_of(make_secret("box").of("robot"));
    CHECK(steps_of(plan_of(controller, alone, box)) == gone);
    auto another = world_of(make_account("robot").uid("another"), filled());
    CHECK(steps_of(plan_of(controller, another, box)) == gone);
    auto given_away = world_of(make_account("robot"), make_account("other"), filled().of("other"));
    CHECK(steps_of(plan_of(controller, given_away, box)) == gone);
}

TEST_CASE("other secrets, and secrets that go, are left alone") {
    auto plain = world_of(make_secret("box").with([](kube::secret& s) { s.type = "Opaque"; }));
    CHECK(plan_of(controller, plain, box).empty());
    auto going = world_of(make_secret("box").of("robot").deleting());
    CHECK(plan_of(controller, going, box).empty());
    auto none = reconcile::world();
    CHECK(plan_of(controller, none, box).empty());
    auto w = world_of(make_secret("box").of("robot"));
    CHECK(plan_of(kube::token_secrets_controller{}, w, box).empty());
}

TEST_CASE("without certificates a secret keeps those that it has") {
    auto const bare = kube::token_secrets_controller{digest_authority(), ""};
    auto w = world_of(make_account("robot"), make_secret("box").of("robot").data("ca.crt", "own"));
    CHECK(written<kube::secret>(plan_of(bare, w, box))->data.get("ca.crt").data == "own");
}

TEST_CASE("a change of an account is about the secrets that name it") {
    auto w = world_of(make_secret("box").of("robot"), make_secret("other").of("other"),
                      make_secret("far").of("robot").in("far"));
    static_cast<void>(plan_of(controller, w, box));
    CHECK(controller.keys_for(w.at(new_year), make_account("robot").done()) == std::vector{box});
    CHECK_FALSE(
        controller.matters(make_account("robot").done(), make_account("robot").label("a", "b").done()));
    CHECK(controller.matters(make_account("robot").done(), make_account("robot").uid("x").done()));
}

TEST_CASE("the controller of tokens keeps the laws of controllers") {
    reconcile::laws::all(controller, world_of(make_account("robot"), make_secret("box").of("robot")), box,
                         judge);
    reconcile::laws::all(controller, world_of(make_account("other"), make_secret("box").of("robot")), box,
                         judge);
    reconcile::laws::all(controller, world_of(make_account("robot"), filled()), box, judge);
}

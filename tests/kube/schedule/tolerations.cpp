/// \file
/// Which taints a pod tolerates.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/tolerations.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto make_taint(std::string key, std::string value, std::string effect) -> kube::taint {
    auto t = kube::taint{};
    t.key = std::move(key);
    t.value = std::move(value);
    t.effect = std::move(effect);
    return t;
}
auto make_toleration(std::string key, std::string op, std::string value = "", std::string effect = "")
    -> kube::toleration {
    auto t = kube::toleration{};
    t.key = std::move(key);
    t.operator_ = std::move(op);
    t.value = std::move(value);
    t.effect = std::move(effect);
    return t;
}

} // namespace

TEST_CASE("a toleration speaks of a taint of its key, with any value or an equal one") {
    auto const gpu = make_taint("gpu", "a", "NoSchedule");
    CHECK(kube::tolerates(make_toleration("gpu", "Exists"), gpu));
    CHECK(kube::tolerates(make_toleration("gpu", "Equal", "a"), gpu));
    CHECK(kube::tolerates(make_toleration("gpu", "", "a"), gpu));
    CHECK_FALSE(kube::tolerates(make_toleration("gpu", "Equal", "b"), gpu));
    CHECK_FALSE(kube::tolerates(make_toleration("gpu", ""), gpu));
    CHECK_FALSE(kube::tolerates(make_toleration("cpu", "Exists"), gpu));
    CHECK_FALSE(kube::tolerates(make_toleration("gpu", "Like", "a"), gpu));
}

TEST_CASE("a toleration without a key speaks of all taints, one without an effect of all effects") {
    auto const gpu = make_taint("gpu", "a", "NoExecute");
    CHECK(kube::tolerates(make_toleration("", "Exists"), gpu));
    CHECK(kube::tolerates(make_toleration("", "Exists", "", "NoExecute"), gpu));
    CHECK_FALSE(kube::tolerates(make_toleration("", "Exists", "", "NoSchedule"), gpu));
    CHECK_FALSE(kube::tolerates(make_toleration("gpu", "Equal", "a", "NoSchedule"), gpu));
}

TEST_CASE("a toleration may bound the taint's value, as a whole number") {
    auto const with_value = [](std::string value) {
        return make_taint("sla", std::move(value), "NoSchedule");
    };
    auto const above = make_toleration("sla", "Gt", "750");
    CHECK(kube::tolerates(above, with_value("751")));
    CHECK_FALSE(kube::tolerates(above, with_value("750")));
    CHECK_FALSE(kube::tolerates(above, with_value("-751")));
    auto const below = make_toleration("sla", "Lt", "-5");
    CHECK(kube::tolerates(below, with_value("-6")));
    CHECK_FALSE(kube::tolerates(below, with_value("-5")));
    CHECK_FALSE(kube::tolerates(below, with_value("0")));
    CHECK_FALSE(kube::tolerates(make_toleration("other", "Gt", "1"), with_value("2")));
    for (auto const* const no_number : {"", "gold", "1.5", "0751", "+751", "-", "99999999999999999999"}) {
        CHECK_FALSE(kube::tolerates(above, with_value(no_number)));
        CHECK_FALSE(kube::tolerates(make_toleration("sla", "Lt", no_number), with_value("1")));
    }
}

TEST_CASE("one of several tolerations is enough") {
    auto const gpu = make_taint("gpu", "a", "NoSchedule");
    CHECK(kube::tolerates({make_toleration("cpu", "Exists"), make_toleration("gpu", "Exists")}, gpu));
    CHECK_FALSE(kube::tolerates(object::list<kube::toleration>(), gpu));
}

TEST_CASE("the first taint that keeps pods off and is not tolerated is told") {
    auto const taints = std::vector{make_taint("soft", "", "PreferNoSchedule"),
                                    make_taint("gpu", "", "NoSchedule"), make_taint("gone", "", "NoExecute")};
    auto const* const first = kube::untolerated(taints, {});
    REQUIRE(first != nullptr);
    CHECK(first->key == "gpu");
    auto const* const second = kube::untolerated(taints, {make_toleration("gpu", "Exists")});
    REQUIRE(second != nullptr);
    CHECK(second->key == "gone");
    CHECK(kube::untolerated(taints, {make_toleration("", "Exists")}) == nullptr);
}

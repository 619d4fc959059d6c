/// \file
/// Which storage classes are refused.

#include "../../complaints.hpp"

#include <berth/kube/storage/storage_class/defaults.hpp>
#include <berth/kube/storage/storage_class/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::storage_class {
    auto c = named<kube::storage_class>();
    c.provisioner = "Example.com/disk";
    set_defaults(c);
    return c;
}

} // namespace

TEST_CASE("a class has a provisioner, a binding mode and parameters of some size") {
    CHECK(complaints(sound()).empty());
    auto c = named<kube::storage_class>();
    c.parameters[""] = "x";
    c.reclaim_policy = std::string("Recycle");
    CHECK(complaints(c) ==
          lines{"provisioner: Required value", "parameters: Invalid value: \"\": field can not be empty.",
                "reclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\"",
                "volumeBindingMode: Required value"});
    c = sound();
    c.parameters["a"] = std::string(256 * 1024, 'x');
    CHECK(complaints(c).size() == 1);
}

TEST_CASE("no two terms of a class's topologies say the same, and one that says nothing is told each time") {
    auto c = sound();
    auto& t = c.allowed_topologies.emplace_back().match_label_expressions.emplace_back();
    t.key = "zone";
    t.values = {"a", "a"};
    auto const at = std::string("allowedTopologies");
    CHECK(complaints(c) == lines{at + "[0].matchLabelExpressions[0].values[1]: Duplicate value: \"a\""});
    c.allowed_topologies.push_back(c.allowed_topologies[0]);
    CHECK(complaints(c).back() == at + "[1].matchLabelExpressions: Duplicate value: \"\"");
    c.allowed_topologies.clear();
    c.allowed_topologies.emplace_back();
    c.allowed_topologies.emplace_back();
    CHECK(complaints(c).size() == 5); // twice, and three times
}

TEST_CASE("most of a class stays") {
    auto before = sound();
    auto now = before;
    now.allow_volume_expansion = true;
    now.allowed_topologies.emplace_back().match_label_expressions.push_back({"zone", {"a"}, {}});
    CHECK(complaints(now, before).empty());
    now.parameters["a"] = "";
    now.volume_binding_mode = std::string("WaitForFirstConsumer");
    CHECK(complaints(now, before) ==
          lines{"parameters: Invalid value: {\"a\":\"\"}: field is immutable",
                "volumeBindingMode: Invalid value: \"WaitForFirstConsumer\": field is immutable"});
}

/// \file
/// Volumes made from objects of the API: what is refused, where and in which words.

#include "../../../complaints.hpp"

#include <berth/kube/core/pod/validation/projected_volumes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

template <class Source> auto told(Source const& s) -> lines {
    return said_by([&](auto& errors) { kube::detail::validate_source(s, api::field_path("v"), errors); });
}

} // namespace

TEST_CASE("each path of a projected volume is taken once") {
    auto s = kube::projected_volume_source();
    for (auto const* const name : {"a", "b"}) {
        auto& c = s.sources.emplace_back().config_map.engage();
        c.name = name;
        auto& item = c.items.emplace_back();
        item.key = "k";
        item.path = "p";
    }
    CHECK(told(s) == lines{"v: Invalid value: \"b\": conflicting duplicate paths"});
    s.sources[1].config_map->items[0].path = "q";
    CHECK(told(s).empty());
}

TEST_CASE("a source is of one sort") {
    auto s = kube::projected_volume_source();
    auto& one = s.sources.emplace_back();
    one.config_map.engage().name = "a";
    one.secret.engage().name = "b";
    CHECK(told(s) == lines{"v.sources[0]: Forbidden: may not specify more than 1 volume type per source"});
}

TEST_CASE("a token lasts ten minutes at least") {
    auto s = kube::projected_volume_source();
    auto& t = s.sources.emplace_back().service_account_token.engage();
    t.path = "token";
    t.expiration_seconds = 599;
    CHECK(told(s) ==
          lines{"v.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify "
                "a duration less than 10 minutes"});
    t.expiration_seconds = 600;
    CHECK(told(s).empty());
}

TEST_CASE("a file shows a field or an amount, on a path below its directory") {
    auto s = kube::downward_api_volume_source();
    auto& f = s.items.emplace_back();
    f.path = "../up";
    CHECK(told(s) == lines{"v.path: Invalid value: \"../up\": must not contain '..'",
                           "v: Required value: one of fieldRef and resourceFieldRef is required"});
    f.path = "labels";
    auto& r = f.field_ref.engage();
    r.api_version = "v1";
    r.field_path = "metadata.labels";
    CHECK(told(s).empty());
}

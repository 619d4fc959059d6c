#include "harbour.hpp"

#include <berth/api/http/discovery.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

TEST_CASE("groups are found with their versions") {
    auto const known = kinds();
    auto const groups = http::groups_of(known);
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].name == "harbour.io");
    CHECK(groups[1].name.empty());
    auto const list = boost::json::parse(http::groups_text(known));
    CHECK(list.at("groups").as_array().size() == 1);
    CHECK(list.at_pointer("/groups/0/preferredVersion/groupVersion").as_string() == "harbour.io/v1");
    auto const group = boost::json::parse(http::group_text(known, "harbour.io"));
    CHECK(group.at("kind").as_string() == "APIGroup");
    CHECK(group.at_pointer("/preferredVersion/version").as_string() == "v1");
    CHECK(http::group_text(known, "nope").empty());
    CHECK(http::group_text(known, "").empty());
    CHECK(boost::json::parse(http::core_versions_text(known, "127.0.0.1:1"))
              .at_pointer("/versions/0")
              .as_string() == "v1");
}

TEST_CASE("the resources of a group and version are listed with their subresources") {
    auto const known = kinds();
    auto const core = boost::json::parse(http::resources_text(known, "", "v1"));
    CHECK(core.at("groupVersion").as_string() == "v1");
    CHECK(core.at_pointer("/resources/0/name").as_string() == "crews");
    CHECK(core.at_pointer("/resources/1/namespaced").as_bool() == false);
    auto const own = boost::json::parse(http::resources_text(known, "harbour.io", "v1"));
    auto names = std::string();
    for (auto const& r : own.at("resources").as_array()) (names += r.at("name").as_string()) += ' ';
    CHECK(names == "boats boats/log boats/scale boats/status ");
    CHECK(own.at_pointer("/resources/0/shortNames/0").as_string() == "bo");
    CHECK(own.at_pointer("/resources/2/group").as_string() == "autoscaling");
    CHECK(http::resources_text(known, "harbour.io", "v2").empty());
}

TEST_CASE("the aggregated document tells all in one") {
    auto const known = kinds();
    auto const doc = boost::json::parse(http::aggregated_text(known, false));
    auto const& listed = doc.at_pointer("/items/0/versions/0/resources/0");
    CHECK(doc.at_pointer("/items/0/metadata/name").as_string() == "harbour.io");
    CHECK(listed.at("resource").as_string() == "boats");
    CHECK(listed.at("scope").as_string() == "Namespaced");
    CHECK(listed.at_pointer("/verbs/0").as_string() == "create");
    CHECK(listed.at_pointer("/categories/0").as_string() == "all");
    CHECK(listed.at_pointer("/subresources/1/responseKind/kind").as_string() == "Scale");
    auto const core = boost::json::parse(http::aggregated_text(known, true));
    CHECK(core.at("items").as_array().size() == 1);
    CHECK(core.at_pointer("/items/0/versions/0/resources/1/scope").as_string() == "Cluster");
}

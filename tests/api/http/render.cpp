#include "harbour.hpp"

#include <berth/api/http/render.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

namespace {

auto crew_ref(std::string name, object::revision rev) -> object::object_ref {
    auto c = crew{};
    c.metadata.name = std::move(name);
    c.data["a"] = "1";
    return {object::any_object(std::move(c)), rev};
}

auto view_of(api::registry const& known, http::transform as) -> http::view {
    return {&find(known, "crews"), {as}, http::row_object::metadata, {}};
}

} // namespace

TEST_CASE("an object is shown as it was asked for") {
    auto const known = kinds();
    auto const ref = crew_ref("x", 3);
    auto const whole = http::render(view_of(known, http::transform::none), ref);
    CHECK(whole->text == R"({"kind":"Crew","apiVersion":"v1","metadata":{"resourceVersion":"3","name":"x"},)"
                         R"("data":{"a":"1"}})");
    auto const part = http::render(view_of(known, http::transform::metadata), ref);
    CHECK(part->text == R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",)"
                        R"("metadata":{"resourceVersion":"3","name":"x"}})");
    auto yaml = view_of(known, http::transform::none);
    yaml.how.yaml = true;
    CHECK(http::render(yaml, ref)->content_type == "application/yaml");
    CHECK_FALSE(http::render(view_of(known, http::transform::metadata_list), ref));
}

TEST_CASE("a list is shown as it was asked for") {
    auto const known = kinds();
    auto page = api::object_list{};
    page.items = {crew_ref("x", 3), crew_ref("y", 4)};
    page.rev = 9;
    CHECK(http::render(view_of(known, http::transform::none), page)->text ==
          R"({"kind":"CrewList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[)"
          R"({"metadata":{"resourceVersion":"3","name":"x"},"data":{"a":"1"}},)"
          R"({"metadata":{"resourceVersion":"4","name":"y"},"data":{"a":"1"}}]})");
    auto const parts =
        boost::json::parse(http::render(view_of(known, http::transform::metadata_list), page)->text);
    CHECK(parts.at("kind").as_string() == "PartialObjectMetadataList");
    CHECK(parts.at("items").as_array().size() == 2);
    CHECK_FALSE(http::render(view_of(known, http::transform::metadata), page));
    page.items.clear();
    CHECK(http::render(view_of(known, http::transform::none), page)->text.ends_with("\"items\":[]}"));
}

TEST_CASE("events are documents on lines of their own") {
    auto const known = kinds();
    auto writer = http::event_writer(view_of(known, http::transform::none));
    auto out = std::string();
    writer.append(out, {api::watch_event::kind::added, crew_ref("x", 3), {}, false});
    CHECK(out ==
          R"({"type":"ADDED","object":{"kind":"Crew","apiVersion":"v1","metadata":{"resourceVersion":"3",)"
          R"("name":"x"},"data":{"a":"1"}}})"
          "\n");
    out.clear();
    writer.append_bookmark(out, 8, true);
    CHECK(out ==
          R"({"type":"BOOKMARK","object":{"kind":"Crew","apiVersion":"v1","metadata":{"resourceVersion":"8",)"
          R"("annotations":{"k8s.io/initial-events-end":"true"}}}})"
          "\n");
    for (auto const as : {http::transform::table, http::transform::metadata}) {
        out.clear();
        http::event_writer(view_of(known, as)).append_bookmark(out, 8, false);
        CHECK(boost::json::parse(out).at_pointer("/object/metadata/resourceVersion").as_string() == "8");
    }
}

#include "harbour.hpp"

#include <berth/api/http/render.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

namespace {

auto view_of(api::registry const& known, http::transform as) -> http::view {
    return {&find(known, "crews"), {as}, http::row_object::metadata, {}};
}

/// A protobuf field of bytes.
auto field(int number, std::string const& bytes) -> std::string {
    auto out = std::string();
    api::detail::wire_writer(out).text(static_cast<unsigned>(number), bytes);
    return out;
}

auto enveloped(std::string const& version, std::string const& kind, std::string const& message)
    -> std::string {
    return std::string("k8s\0", 4) + field(1, field(1, version) + field(2, kind)) + field(2, message) +
           field(3, "") + field(4, "");
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
    yaml.how.in = http::encoding::yaml;
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

TEST_CASE("tables and metadata name the version that was asked for, and so do the objects in them") {
    auto const known = kinds();
    auto page = api::object_list{};
    page.items = {crew_ref("x", 3)};
    auto const in = [&](http::transform as) {
        auto out = view_of(known, as);
        out.how.version = "meta.k8s.io/v1beta1";
        return out;
    };
    auto const is_old = [](std::string const& text) {
        return text.find(R"("apiVersion":"meta.k8s.io/v1beta1")") != text.npos &&
               text.find(R"("apiVersion":"meta.k8s.io/v1")") == text.npos;
    };
    for (auto const as : {http::transform::table, http::transform::metadata_list})
        CHECK(is_old(http::render(in(as), page)->text));
    for (auto const as : {http::transform::table, http::transform::metadata}) {
        CHECK(is_old(http::render(in(as), crew_ref("x", 3))->text));
        auto writer = http::event_writer(in(as));
        auto out = std::string();
        writer.append(out, {api::watch_event::kind::added, crew_ref("x", 3), {}, false});
        CHECK(is_old(out));
        out.clear();
        writer.append_bookmark(out, 8, false);
        CHECK(is_old(out));
    }
    auto binary = in(http::transform::metadata);
    binary.how.in = http::encoding::protobuf;
    CHECK(http::render(binary, crew_ref("x", 3))->text.find("meta.k8s.io/v1beta1") != std::string::npos);
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

TEST_CASE("protobuf has whole objects, lists and metadata in envelopes") {
    auto const known = kinds();
    auto const in = [&](http::transform as) {
        auto out = view_of(known, as);
        out.how.in = http::encoding::protobuf;
        return out;
    };
    auto page = api::object_list{};
    page.items = {crew_ref("x", 3)};
    page.rev = 9;
    page.remaining = 5;
    auto const metadata = std::string("\x0A\x00\x12\x01"
                                      "9\x1A\x00 \x05",
                                      9);
    auto const whole = http::render(in(http::transform::none), page);
    CHECK(whole->content_type == "application/vnd.kubernetes.protobuf");
    CHECK(whole->text == enveloped("v1", "CrewList", field(1, metadata) + field(2, ""))); // it has no numbers
    auto const x = http::render(in(http::transform::metadata), crew_ref("x", 3))->text;
    auto const parts = http::render(in(http::transform::metadata_list), page)->text;
    CHECK(x.find(std::string("2\x01"
                             "3",
                             3)) != std::string::npos); // resourceVersion is member 6
    CHECK(parts.starts_with(std::string("k8s\0", 4)));
    CHECK(parts.find(field(1, metadata)) != std::string::npos);
    CHECK(parts.find("PartialObjectMetadataList") != std::string::npos);
    CHECK_FALSE(http::render(in(http::transform::metadata_list), crew_ref("x", 3)));
}

TEST_CASE("events in protobuf are frames that say how long they are") {
    auto const known = kinds();
    auto how = view_of(known, http::transform::metadata);
    how.how.in = http::encoding::protobuf;
    auto writer = http::event_writer(how);
    CHECK(writer.content_type() == "application/vnd.kubernetes.protobuf;stream=watch");
    auto out = std::string();
    writer.append(out, {api::watch_event::kind::added, crew_ref("x", 3), {}, false});
    auto const object = http::render(how, crew_ref("x", 3))->text;
    auto const event = field(1, "ADDED") + field(2, field(1, object));
    CHECK(out == std::string("\0\0\0", 3) + static_cast<char>(event.size()) + event);
    out.clear();
    writer.append_bookmark(out, 8, true);
    CHECK(out.find("k8s.io/initial-events-end") != std::string::npos);
    out.clear();
    writer.append_error(out, {berth::error_code::expired, "too old", {}});
    CHECK(out.find(field(3, "too old") + field(4, "Expired")) != std::string::npos);
}

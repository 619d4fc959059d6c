/// \file
/// Metadata and labels: what is refused, where and in which words.

#include <berth/api/object_meta.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto metadata(std::string name) -> object::meta {
    auto m = object::meta();
    m.name = std::move(name);
    m.namespace_ = "t";
    return m;
}

auto fields(api::field_errors const& errors) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : errors.causes()) out.push_back(c.field);
    return out;
}

auto complaints(object::meta const& m, api::metadata_rules const& rules = {}, bool namespaced = true)
    -> api::field_errors {
    auto errors = api::field_errors();
    validate_object_meta(m, namespaced, rules, errors);
    return errors;
}

} // namespace

TEST_CASE("a name is enough") { CHECK(complaints(metadata("a.b-c")).empty()); }

TEST_CASE("an object needs a name") {
    auto const errors = complaints(metadata(""));
    REQUIRE(errors.size() == 1);
    CHECK(errors.causes()[0].field == "metadata.name");
    CHECK(errors.causes()[0].reason == "FieldValueRequired");
    CHECK(errors.causes()[0].message == "Required value: name or generateName is required");
}

TEST_CASE("each kind has its rule for names") {
    CHECK(complaints(metadata("a.b"), {.name = api::name_rule::dns1123_label}).size() == 1);
    CHECK(complaints(metadata("1a"), {.name = api::name_rule::dns1035_label}).size() == 1);
    CHECK(complaints(metadata("Any:Thing"), {.name = api::name_rule::path_segment}).empty());
    CHECK(complaints(metadata("a/b"), {.name = api::name_rule::path_segment}).size() == 1);
}

TEST_CASE("objects of the cluster have no namespace") {
    CHECK(fields(complaints(metadata("a"), {}, false)) == std::vector<std::string>{"metadata.namespace"});
}

TEST_CASE("labels and annotations are refused without their keys in the path") {
    auto m = metadata("a");
    m.labels["bad key"] = "x";
    m.labels["ok"] = "-x";
    m.annotations["Fine"] = "x";
    m.annotations["/a"] = "x";
    CHECK(fields(complaints(m)) ==
          std::vector<std::string>{"metadata.labels", "metadata.labels", "metadata.annotations"});
}

TEST_CASE("annotations have a limit together") {
    auto m = metadata("a");
    m.annotations["a"] = std::string(256 * 1024 - 1, 'x');
    CHECK(complaints(m).empty());
    m.annotations["b"] = "x";
    REQUIRE(complaints(m).size() == 1);
    CHECK(complaints(m).causes()[0].message == "Too long: may not be more than 262144 bytes");
}

TEST_CASE("an object has one controller at most") {
    auto m = metadata("a");
    for (auto const* name : {"x", "y"}) {
        auto& owner = m.owner_references.emplace_back();
        owner.api_version = "v1";
        owner.kind = "Pod";
        owner.name = name;
        owner.uid = name;
        owner.controller = true;
    }
    auto const errors = complaints(m);
    REQUIRE(errors.size() == 1);
    CHECK(errors.causes()[0].message.ends_with("references for Pod/x and Pod/y"));
    m.owner_references[0].controller = false;
    m.owner_references[1].uid.clear();
    CHECK(fields(complaints(m)) == std::vector<std::string>{"metadata.ownerReferences.uid"});
}

TEST_CASE("finalizers are known or qualified") {
    auto m = metadata("a");
    m.finalizers = {"orphan", "example.com/x", "mine"};
    CHECK(fields(complaints(m)) == std::vector<std::string>{"metadata.finalizers[2]"});
    CHECK(complaints(m, {.known_finalizers = false}).empty());
}

TEST_CASE("identity does not change") {
    auto const before = metadata("a");
    auto now = before;
    now.name = "b";
    now.uid = "u";
    auto errors = api::field_errors();
    api::validate_object_meta_update(now, before, true, errors);
    CHECK(fields(errors) == std::vector<std::string>{"metadata.name", "metadata.uid"});
    CHECK(errors.causes()[1].message == "Invalid value: \"u\": field is immutable");
}

TEST_CASE("what goes away takes no new finalizers") {
    auto before = metadata("a");
    before.deletion_timestamp = object::timestamp();
    before.finalizers = {"x/y"};
    auto now = before;
    now.finalizers = {"x/z"};
    auto errors = api::field_errors();
    api::validate_object_meta_update(now, before, true, errors);
    REQUIRE(errors.size() == 1);
    CHECK(errors.causes()[0].message.ends_with("found new finalizers []string{\"x/z\"}"));
}

/// \file
/// The fields that somebody owns, as objects carry them.

#include <berth/object/codec.hpp>
#include <berth/object/field_set.hpp>
#include <berth/object/meta.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using object::shared_fields;

namespace {

struct document {
    static constexpr object::resource_name resource{"", "v1", "Document", "documents", "document", true};
    object::meta metadata;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(document, "", (metadata))
};

} // namespace

TEST_CASE("copies share the text and the set") {
    auto const a = shared_fields(std::string(R"({"f:a":{"f:b":{}}})"));
    auto const b = a; // NOLINT(performance-unnecessary-copy-initialization): that is what is looked at
    CHECK(a.same(b));
    CHECK(&a.set() == &b.set());
    CHECK(a.set().size() == 1);
    CHECK(a == shared_fields(object::field_set::decode(a.text()).value()));
    CHECK(a.copies() == 2);
}

TEST_CASE("none is no set, and a text that is none is an empty one") {
    CHECK(shared_fields().text().empty());
    CHECK(shared_fields().set().empty());
    auto const bad = shared_fields(std::string("[1]"));
    CHECK_FALSE(bad.is_set());
    CHECK(bad.set().empty());
}

TEST_CASE("an entry of managed fields is written as it was read") {
    auto const text =
        std::string(R"({"metadata":{"managedFields":[{"manager":"m","fieldsV1":{"f:a":{}}},{}]}})");
    auto const read = object::from_json_text<document>(text);
    REQUIRE(read);
    CHECK(object::to_json_text(*read) == text);
    CHECK_FALSE(object::from_json_text<document>(R"({"metadata":{"managedFields":[{"fieldsV1":5}]}})"));
}

TEST_CASE("a set may be taken over from an equal one that nobody else has") {
    auto const text = std::string(R"({"f:a":{"f:b":{}}})");
    auto const made = [&] { return shared_fields(object::field_set::decode(text).value()); };
    auto const plain = shared_fields(text);
    CHECK_FALSE(plain.has_set());
    auto held = made();
    auto const copy = held;
    plain.take_set(held);
    CHECK_FALSE(plain.has_set()); // somebody may be reading it
    auto alone = made();
    auto const* const set = &alone.set();
    plain.take_set(alone);
    CHECK(plain.has_set());
    CHECK(&plain.set() == set);
    CHECK_FALSE(alone.has_set());
    CHECK(alone.set() == plain.set()); // made anew
    auto other = made();
    plain.take_set(other);
    CHECK(other.has_set());
    auto none = shared_fields();
    plain.take_set(none);
    none.take_set(other);
    CHECK(none.empty());
    CHECK(copy.set() == plain.set());
}

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

TEST_CASE("a variant has the text, the hash and the set of what it is made of, and keeps a piece of it") {
    auto const fields_of = [](std::string const& address) {
        return R"({"f:status":{"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},"f:status":{},"f:type":{}}},)"
               R"("f:podIPs":{".":{},"k:{\"ip\":\")" +
               address + R"(\"}":{".":{},"f:ip":{}}},"f:startTime":{},"f:phase":{},"f:hostIP":{}}})";
    };
    auto const model = shared_fields(fields_of("10.1.0.7"));
    for (auto const* const address : {"10.1.0.9", "10.1.0.7", "10.1.0.77", "10.1.0.", "192.168.100.200"}) {
        auto const whole = shared_fields(fields_of(address));
        auto const variant = whole.as_variant_of(model);
        REQUIRE_FALSE(variant.empty());
        CHECK(variant.text() == whole.text());
        CHECK(variant.hash() == whole.hash());
        CHECK(variant == whole);
        CHECK(whole == variant);
        CHECK((variant == model) == (address == std::string("10.1.0.7")));
        CHECK_FALSE(variant.has_set());
        CHECK(variant.set() == whole.set());
        auto written = std::string();
        variant.append_text(written);
        CHECK(written == whole.text());
        CHECK(variant == whole.as_variant_of(shared_fields(fields_of("10.9.9.9"))));
        CHECK(variant.as_variant_of(model).empty()); // it is one
        CHECK(model.as_variant_of(variant).empty());
    }
    CHECK(model.copies() == 1); // the variants are gone
    CHECK_FALSE(shared_fields(fields_of("10.1.0.8")) ==
                shared_fields(fields_of("10.1.0.9")).as_variant_of(model));
}

TEST_CASE("what has little in common with another text is no variant of it") {
    auto const model = shared_fields(R"({"f:a":{")" + std::string(200, 'x') + R"(":{}}})");
    CHECK(shared_fields(std::string(R"({"f:a":{}})")).as_variant_of(model).empty());
    CHECK(shared_fields(R"({"f:a":{")" + std::string(500, 'y') + R"(":{}}})").as_variant_of(model).empty());
    CHECK(shared_fields().as_variant_of(model).empty());
    CHECK(model.as_variant_of(shared_fields()).empty());
    CHECK_FALSE(shared_fields() == model);
}

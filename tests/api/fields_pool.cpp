/// \file
/// Equal sets of owned fields are one.

#include <berth/api/fields_pool.hpp>
#include <berth/object/field_set.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using object::shared_fields;

TEST_CASE("equal sets are the same one, different ones are not") {
    auto pool = api::fields_pool();
    auto const a = pool.share(shared_fields(std::string(R"({"f:a":{}})")));
    auto const again = pool.share(shared_fields(std::string(R"({"f:a":{}})")));
    auto const b = pool.share(shared_fields(std::string(R"({"f:b":{}})")));
    CHECK(a.same(again));
    CHECK_FALSE(a.same(b));
    CHECK(b.text() == R"({"f:b":{}})");
    CHECK(pool.size() == 2);
}

TEST_CASE("sets that nobody has any more are let go") {
    auto pool = api::fields_pool();
    auto kept = std::vector<shared_fields>();
    for (auto n = 0; n < 10'000; ++n) {
        auto f = pool.share(shared_fields(R"({"f:)" + std::to_string(n) + R"(":{}})"));
        if (n % 100 == 0) kept.push_back(f);
    }
    CHECK(pool.size() < 2'000);
    for (auto const& f : kept) CHECK(pool.share(shared_fields(std::string(f.text()))).same(f));
}

TEST_CASE("a set is kept from the second time on that it is seen") {
    auto pool = api::fields_pool();
    auto const made = [] {
        return shared_fields(object::field_set::decode(R"({"f:a":{"f:b":{}}})").value());
    };
    auto const first = pool.share(made());
    CHECK_FALSE(first.has_set());
    CHECK(first.text() == R"({"f:a":{"f:b":{}}})");
    auto const second = pool.share(made());
    CHECK(second.same(first));
    CHECK(first.has_set());
    CHECK(first.set().size() == 1);
    auto const asked = pool.share(shared_fields(std::string(R"({"f:c":{}})")));
    CHECK(asked.set().size() == 1); // who asks gets it all the same
}

TEST_CASE("of sets that differ in one name only that is kept, and each is still the same one for all") {
    auto pool = api::fields_pool();
    auto const long_part = std::string(300, 'x');
    auto const text = [&](int n) {
        return R"({"f:)" + long_part + R"(":{},"f:)" + std::to_string(n) + R"(":{}})";
    };
    auto const first = pool.share(shared_fields(text(0)));
    auto const before = first.copies();
    auto kept = std::vector<shared_fields>();
    for (auto n = 1; n <= 100; ++n) kept.push_back(pool.share(shared_fields(text(n))));
    CHECK(first.copies() == before + 100); // each has it
    for (auto n = 1; n <= 100; ++n) {
        auto const& f = kept[static_cast<std::size_t>(n - 1)];
        CHECK(f.text() == text(n));
        CHECK(pool.share(shared_fields(text(n))).same(f));
    }
}

TEST_CASE("the entries of one manager share their texts") {
    auto pool = api::fields_pool();
    auto const a = pool.entry_of("kubelet", "Update", "v1", "status");
    auto const again = pool.entry_of("kubelet", "Update", "v1", "status");
    CHECK(a == again);
    CHECK(a.manager == "kubelet");
    CHECK(a.operation == "Update");
    CHECK(a.api_version == "v1");
    CHECK(a.fields_type == "FieldsV1");
    CHECK(a.subresource == "status");
    CHECK((!a.time && a.fields_v1.empty()));
    CHECK(&a.manager.str() == &again.manager.str());
    CHECK(&a.fields_type.str() == &again.fields_type.str());
    CHECK_FALSE(a == pool.entry_of("kubelet", "Update", "v1", ""));
    for (auto n = 0; n < 200; ++n)
        CHECK(pool.entry_of(std::to_string(n), "Apply", "v1", "").manager == std::to_string(n));
    CHECK(pool.entry_of("kubelet", "Update", "v1", "status") == a);
}

/// \file
/// All kinds of the vocabulary.

#include "table.hpp"

#include <berth/api/protobuf_encode.hpp>
#include <berth/kube/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <memory>
#include <set>

using namespace test;

namespace {

/// An object of a type of which nothing is said.
auto object_of(object::type_info const& type) -> std::shared_ptr<void> {
    return {type.make(), [&type](void* p) { type.destroy(p); }};
}

/// Each member of each record below a type has a number, and no two the same.
auto check_numbers(object::type_info const& type, std::set<object::type_info const*>& visited) -> void {
    if (!visited.insert(&type).second) return;
    using object::shape;
    if (type.form == shape::list || type.form == shape::map || type.form == shape::optional)
        return check_numbers(type.element(), visited);
    if (type.form != shape::record) return;
    auto numbers = std::set<int>();
    for (auto const& f : type.members) {
        INFO(std::string(type.name) + "." + std::string(f.name));
        if (f.name == "kind" || f.name == "apiVersion") continue; // of an embedded object
        CHECK(f.number != 0);
        CHECK(numbers.insert(f.number).second);
        check_numbers(f.type(), visited);
    }
}

} // namespace

TEST_CASE("each kind is found under its names, and no name is taken twice") {
    auto const all = kube::registry();
    auto seen = std::set<std::string>();
    for (auto const& k : all.kinds()) {
        auto const& r = *k.resource;
        CHECK(all.find(r.group, r.version, r.plural) == &k);
        CHECK(all.find_kind(r.group, r.version, r.kind) == &k);
        CHECK(seen.insert(std::string(r.group) + "/" + std::string(r.version) + "/" + std::string(r.plural))
                  .second);
        if (&k.kept_as() != &r) continue; // another version of a kind has the same short names
        for (auto const name : k.short_names) CHECK(seen.insert(std::string(name)).second);
    }
    CHECK(seen.contains("batch/v1/jobs"));
    CHECK(seen.contains("/v1/pods"));
}

TEST_CASE(
    "each kind with a type of its own is described for protobuf, to its last member, with no number twice") {
    auto const all = kube::registry();
    auto visited = std::set<object::type_info const*>();
    for (auto const& k : all.kinds())
        if (api::has_protobuf(*k.type)) check_numbers(*k.type, visited);
    CHECK(visited.size() > 100);
}

TEST_CASE("each kind has a table with its name in it, of which an empty object has a row") {
    auto const all = kube::registry();
    for (auto const& k : all.kinds()) {
        INFO(k.resource->plural);
        auto const empty = object_of(*k.type);
        auto names = 0;
        for (auto const& c : k.columns) {
            names += c.name == "Name" && c.format == "name" ? 1 : 0;
            auto const cell = c.value(empty.get(), new_year);
            if (c.type == "integer") CHECK(std::holds_alternative<std::int64_t>(cell));
            if (c.type != "boolean") continue;
            auto const* const text = std::get_if<std::string>(&cell); // where Kubernetes has none either
            CHECK((text == nullptr ? std::holds_alternative<bool>(cell) : *text == "<unset>"));
        }
        auto const named = std::ranges::find(k.verbs, api::verb::get) != k.verbs.end();
        if (!k.columns.empty()) CHECK(names == (named ? 1 : 0));
    }
}

TEST_CASE("filling in and checking an empty object of any kind does not fall") {
    auto const all = kube::registry();
    for (auto const& k : all.kinds()) {
        INFO(k.resource->plural);
        auto const filled = object_of(*k.type);
        if (k.set_defaults) k.set_defaults(filled.get());
        auto const again =
            std::shared_ptr<void>(k.type->clone(filled.get()), [&k](void* p) { k.type->destroy(p); });
        if (k.set_defaults) k.set_defaults(again.get());
        CHECK(k.type->equal(filled.get(), again.get()));
        auto errors = api::field_errors();
        if (k.validate) k.validate(filled.get(), errors);
        auto changes = api::field_errors();
        if (k.validate_update) k.validate_update(filled.get(), filled.get(), changes);
        for (auto const* const list : {&errors, &changes})
            for (auto const& c : list->causes()) CHECK_FALSE(c.message.empty());
    }
}
